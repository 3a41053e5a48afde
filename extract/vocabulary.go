package extract

import (
	"regexp"
	"slices"
)

// The words of pages that speak to the reader of the page rather than of the
// world. Each entry is a pattern of (a|b) and ? that stands for a finite set of
// phrases; # is any number. A short line is a control when such words cover
// half of it; a sentence needs strong ones and an address to the reader.
// English only.
var strongPhrases = []string{
	`leave a (reply|comment)|(post|add|write|submit) a? ?comment|join the (conversation|discussion)|cancel reply|log in to (comment|reply)`,
	`email address will not be published|required fields are marked|save my name|next time i comment|uses akismet|comment data is processed`,
	`all rights reserved|terms (of (use|service)|and conditions|& conditions)|privacy (policy|notice)|cookie (policy|settings|preferences)|do not sell my`,
	`we (and our partners )?use (essential )?cookies|accept (all )?cookies|accept all|manage (cookies|preferences|consent)|reject all|this (website|site) uses|by (clicking|continuing|subscribing|signing up)`,
	`sign up (for|to)|subscribe (to|now|today|for)|our (free )?((daily|weekly|morning) )?(newsletters?|briefing)|in your inbox|straight to your inbox|support (our|independent) journalism|become a (member|subscriber)|already a (member|subscriber)|donate (now|today)|free trial|unlock this article|remaining (free )?articles?`,
	`share (this|on|via|with)|share the (article|story|post)|tweet this|copy (the )?link|link copied|click to (share|print|email|copy|expand|enlarge)|opens in (a )?new window|like this|share (article|story|post|options)`,
	`follow us|like us on|join us on|join our|download (our|the) app|get the app|preferred source|google news|(whatsapp|telegram) channel`,
	`skip to (main )?(content|navigation)|back to (the )?(top|home)|toggle (navigation|menu|search)|main menu|open menu|close menu|load more|show (more|less)|view (all|more)|see all|continue reading|click here|scroll down|scroll to continue|(story|article) continues below`,
	`advertisements?|sponsored( content| by)?|promoted( content| stories)?|paid (content|post)|advertise with us|remove ads|ad choices|adchoices`,
	`# min(ute)?s? read|reading time|time to read|listen to (this )?(article|story)|play audio|audio version|print (this )?(article|page|story)|save (article|story|for later)|font size|text size|bookmark`,
	`most (read|popular|viewed|shared|commented)|trending( now| stories| topics)?|editor's picks?|editors' picks|recommended( for you| stories)?|you (may|might) (also )?(like|be interested in|enjoy)|latest (news|stories|posts|articles|headlines)|top stories|more (from|stories|news|on this|articles)|related (article|post|stor|topic|link|item)(ies|y|s)?|related (news|content|coverage|reading)|read (more|next|also|this next|full story)|also read|see also|further reading|up next|what to read next|around the web|in case you missed it`,
}

var weakPhrases = []string{
	`shares?|re?tweet|tweet|facebook|twitter|linkedin|whats ?app|telegram|pinterest|reddit|instagram|youtube|tiktok|tumblr|flipboard|threads|bluesky|mastodon|messenger|e ?mail|print|rss|x com`,
	`log ?in|log ?out|sign ?in|sign ?up|register|subscribe|subscription|unsubscribe|newsletters?|my account|your account|menu|search|home ?page|sitemap|contact us|about us|advertise|careers|help cent(er|re)|faqs?|feedback|cookies`,
	`no comments?|# ?comments?|comments? ?#?|comments are closed|replies|reply|likes?|dislike|views?|votes?|upvote|report (comment|abuse)|sort by|newest|oldest|notify me of|website|your name|your email|submit|send`,
	`tags?|tagged( with)?|categor(y|ies)|filed under|topics?|posted in|(previous|next) (article|post|story)|(older|newer) posts|home|breaking news|live updates|watch( live)?|photos?|videos?|podcasts?|gallery|e ?paper|today's paper|copyright|©|photo gallery|caption|hide caption|toggle caption|enlarge( this)? image|image|notifications?|settings|close|dismiss|allow|ok|got it|accept|decline|next|previous|prev|loading`,
}

var (
	strongControls = newPhrases(strongPhrases)
	weakControls   = newPhrases(weakPhrases)
	toReader       = set("you your yours our us we my me please click here")
	onlyNumbers    = regexp.MustCompile(`^[\d\s.,:+/|•·*#–—-]+[KkMm]?\+?$`)
	breadcrumbs    = regexp.MustCompile(`^\S[^.!?]{0,40}(?:\s*[>»›→]\s*|\s+/\s+)[^.!?]{1,40}(?:(?:[>»›→]|\s/\s)[^.!?]*)*$`)
	webAddress     = regexp.MustCompile(`(?i)^(?:https?://|www\.)\S+$`)

	// endOfArticle heads what stands below an article to the end of the page.
	endOfArticle = regexp.MustCompile(`(?i)^(?:(?:leave|post|add|write) a (?:reply|comment)(?: .{0,20})?|join the (?:conversation|discussion)|(?:reader |user |view )?comments?(?: ?\(?\d+\)?)?|\d+ (?:comments?|responses?|replies)(?: (?:on|to) .*)?|(?:\d+|one|two|three) thoughts? on .*|about (?:the )?(?:authors?|writers?))\s*[:!…]?$`)
	// relatedHead begins a list of links, or a single one.
	relatedHead = regexp.MustCompile(`(?i)^(?:related(?: (?:articles?|stories|posts?|topics|news|content|coverage|links|reading|items))?|read (?:more|next|also|this next)|also read|see also|further reading|up next|what to read next|more (?:from|on|in) .{2,40}|more (?:stories|news|articles|coverage)|recommended(?: for you| stories| reading)?|most (?:read|popular|viewed|shared)|trending(?: now)?|top stories|editor[’']?s[’']? picks?|latest (?:news|stories|headlines)|in case you missed it|you (?:may|might) also (?:like|enjoy)|don[’']t miss|must read|keep reading|explore more)\s*:?$`)
	relatedLink = regexp.MustCompile(`(?i)^[\[(▶►»>•*\s]*(?:(?:also )?read(?: more| also| next)?|related(?: story| article| news)?|see also|watch(?: live| now)?|must[- ]read|don[’']t miss|more on this|opinion|explained|analysis|listen|in pictures|video)\s*(?:[:|»>–—]|\s-)\s*\S`)
	aboutAuthor = regexp.MustCompile(`(?i)^about (?:the )?(?:authors?|writers?)\b`)

	captionHead = regexp.MustCompile(`(?i)^[\[(]?(?:(?:file |representational |representative |stock |handout )?(?:photo(?:graph)?s?|images?|picture|illustration|pic)(?: (?:credit|courtesy|source|by|via)\b)?\s*[:/|–—-]|caption\s*:|credits?\s*:|photo(?:graph)? by |image (?:by|courtesy|via) |screengrab|courtesy\s*:|pictured\s*:)`)
	captionTail = regexp.MustCompile(`(?i)(?:[\[(|—–-]\s*|[.!?]\s+|\s)(?:(?:file |handout |representational )?(?:photo|image|picture|photograph)s?\s*(?:[:/|–—-]|by|via|credit|courtesy)\s*(?:the )?[\pL][\pL .,'’/&-]{1,50}|(?:reuters|afp|ap|epa|getty(?: images)?|agence france-presse|app|ani|pti|bloomberg|xinhua|anadolu)\s*(?:/|via)\s*[\pL][\pL .,'’/&-]{1,50}|getty images(?:/\S+)?|via getty images|\[file[^\]]{0,40}\]|\((?:file )?(?:photo|image|picture)\)|file (?:photo|image))\s*[\])]?\.?$`)

	authorIs      = regexp.MustCompile(`(?i)^the (?:writers?|authors?|columnists?|contributors?|reporters?) (?:is|are|was|has|have|can be|may be|tweets?|teach(?:es)?|works?|covers?|holds?|writes?|serves?)\b`)
	authorContact = regexp.MustCompile(`(?i)(?:can be reached (?:at|on|via)|(?:tweets|posts) (?:at|@)|follow (?:him|her|them|the author)\b|e-?mail: ?\S+@|twitter: ?@|^x: ?@|[\w.+-]+@[\w-]+\.[\w.]{2,}\s*\.?$)`)
	authorJob     = regexp.MustCompile(`(?i)^(?:is|are|was) (?:an? |the |currently |also )|^(?:writes|covers|reports|works|teaches|edits|leads|serves|holds|has (?:worked|reported|written|covered|been))\b`)
	viewsNote     = regexp.MustCompile(`(?i)^(?:(?:the )?(?:views|opinions)(?: and opinions)? expressed|disclaimer\b|(?:this|the) (?:article|story|piece|post|report|essay|column) (?:was|is|has been|first|originally|appeared)\b.{0,60}(?:publish|appear|republish|feed|edited|updated|corrected|generated|syndicat)|(?:originally|first) (?:published|appeared)|published in [A-Z]|(?:additional )?(?:reporting|editing|writing|research) by|edited by|with (?:inputs?|additional reporting) from|\(?with agency inputs|for more (?:information|news)|our standards:|correction policy|copyright\b|©|\(c\) ?\d{4})`)
)

// isControl reports whether the line is part of the page's machinery. tokens
// are the line's as tokensOf gives them, words its words.
func isControl(tokens []string, words int, sentence bool) bool {
	if len(tokens) > 70 {
		return false
	}
	strong, covered := strongControls.cover(tokens)
	if sentence && words > 6 {
		if strong == 0 {
			return false
		}
		address := slices.ContainsFunc(tokens, func(t string) bool { return toReader[t] })
		return address && (words <= 25 || strong >= 2) || strong >= 2
	}
	if covered == 0 && words > 12 {
		return false
	}
	_, weak := weakControls.cover(tokens)
	return covered+weak > 0 && (covered+weak)*2 >= words
}

// captionWords gate the search for a picture's credit at the end of a line.
var captionWords = set("photo photos photograph photographs image images picture pictures reuters afp ap epa getty agence app ani pti bloomberg xinhua anadolu file")

// publisherWords end or begin the names of publishers.
var publisherWords = set(`wire gazette herald times post news tribune journal daily press agency review observer chronicle
	monitor magazine standard guardian telegraph star sun express mail globe courier bulletin dispatch examiner independent mirror
	record register report reporter sentinel today tv network media broadcasting newswire weekly quarterly digest online dawn reuters
	afp ap bloomberg bbc cnn ani pti nation diplomat ledger`)

// sectionWords are names of sections and places that stand alone on a line and
// look like a person's name.
var sectionWords = set(`opinion world politics asia south east west north central middle policy foreign business sports sport culture science
	technology tech health lifestyle entertainment analysis editorial national international latest top breaking home news features
	economy markets security defence defense environment education travel video photos pakistan india china russia iran israel us usa uk
	united states kingdom america africa europe europa eu islamabad washington delhi new kashmir gaza ukraine affairs relations letters
	columns blogs blog books arts style food money property climate elections commentary perspective perspectives explainer live
	more related read share subscribe menu search trade tariff tariffs war peace diplomacy minerals the a of and in for on at with`)

// deskWords are bylines that are no names.
var deskWords = regexp.MustCompile(`(?i)^(?:(?:the )?(?:our |a |special |staff |web |news |monitoring |foreign |national |diplomatic |economic |business )*(?:staff(?: (?:report|reporter|writer|correspondent|writers))?|correspondents?|(?:web|news|monitoring|foreign|business|world|asia) ?desk|desk|editorial (?:board|team|staff|desk)|editors?|newsroom|agencies|news agencies|monitoring report|reporters?|bureau(?: report)?|wire service))$`)
