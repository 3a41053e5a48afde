package extract

import (
	"fmt"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"
)

var (
	mdFence    = regexp.MustCompile("^\\s*(?:```|~~~)")
	mdHeading  = regexp.MustCompile(`^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$`)
	mdRule     = regexp.MustCompile(`^\s{0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$`)
	mdSetext   = regexp.MustCompile(`^\s{0,3}(?:=+|-{3,})\s*$`)
	mdQuote    = regexp.MustCompile(`^\s{0,3}(?:>\s?)+`)
	mdItem     = regexp.MustCompile(`^\s*(?:[-*+]|\d{1,3}[.)])\s+`)
	mdImage    = regexp.MustCompile(`!\[[^\]]*\](?:\([^)\s]*(?:\s+"[^"]*")?\)|\[[^\]]*\])`)
	mdLink     = regexp.MustCompile(`\[([^\[\]]+)\]\([^()\s]*(?:\s+"[^"]*")?\)`)
	mdRefLink  = regexp.MustCompile(`\[([^\[\]]+)\]\[[^\[\]]*\]`)
	mdRef      = regexp.MustCompile(`^\s{0,3}\[[^\]]+\]:\s+\S+`)
	mdNote     = regexp.MustCompile(`\[\^[^\]]+\]`)
	mdAuto     = regexp.MustCompile(`<((?:https?://|mailto:)[^>\s]+)>`)
	mdTag      = regexp.MustCompile(`</?[a-zA-Z][^<>]*>|<!--[^>]*-->`)
	mdStrong   = regexp.MustCompile(`(\*\*\*|\*\*|__|~~)(\S(?:[^*_~]*?\S)?)(\*\*\*|\*\*|__|~~)`)
	mdEmphasis = regexp.MustCompile(`(^|[^\pL\d*_])([*_])(\S(?:[^*_]*?\S)?)([*_])($|[^\pL\d*_])`)
	mdCode     = regexp.MustCompile("`{1,2}([^`]+)`{1,2}")
	mdEscape   = regexp.MustCompile("\\\\([\\\\`*_{}\\[\\]()#+.!>~|-])")
)

// frontMatter is what may stand before a Markdown text, in YAML.
type frontMatter struct {
	Title     string `yaml:"title"`
	Author    people `yaml:"author"`
	Byline    people `yaml:"byline"`
	Date      string `yaml:"date"`
	Published string `yaml:"published"`
	Source    string `yaml:"source"`
	Publisher string `yaml:"publisher"`
	URL       string `yaml:"url"`
}

// people is one name or a list of names.
type people string

// UnmarshalYAML reads a string or a list of strings.
func (p *people) UnmarshalYAML(n *yaml.Node) error {
	var list []string
	if n.Kind == yaml.SequenceNode {
		if err := n.Decode(&list); err != nil {
			return err
		}
		*p = people(strings.Join(list, ", "))
		return nil
	}
	return n.Decode((*string)(p))
}

func (r *reader) markdown() {
	text, ok := r.decoded()
	if !ok {
		return
	}
	var k known
	skipped := 0
	if head, body, found := cutFrontMatter(text); found {
		var f frontMatter
		if err := unmarshalYAML(head, &f); err != nil {
			r.problem(1, fmt.Errorf("%w: the front matter is not YAML: %s", ErrMalformed, brief(err.Error())))
		} else {
			k = known{title: f.Title, byline: first(string(f.Byline), string(f.Author)), source: first(f.Source, f.Publisher),
				url: f.URL, published: first(f.Published, f.Date)}
		}
		skipped = strings.Count(text[:len(text)-len(body)], "\n")
		text = body
	}
	lines := markdownLines(text)
	title := tidy(k.title)
	for i := range lines {
		lines[i].number += skipped
	}
	if title == "" && len(lines) > 0 && lines[0].mark == heading {
		title = lines[0].text
	}
	r.add(r.item.Name, 0, k, clean(lines, title))
}

// cutFrontMatter splits "---\n…\n---\n" from the text under it.
func cutFrontMatter(text string) (head, body string, found bool) {
	rest, ok := strings.CutPrefix(strings.TrimLeft(text, "\n"), "---\n")
	if !ok {
		return "", text, false
	}
	head, body, found = strings.Cut(rest, "\n---\n")
	if !found {
		if head, found = strings.CutSuffix(rest, "\n---"); !found {
			return "", text, false
		}
		body = ""
	}
	return head, body, true
}

// unmarshalYAML guards against panics of the parser on foreign input.
func unmarshalYAML(s string, v any) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	return yaml.Unmarshal([]byte(s), v)
}

// markdownLines strips the markup of CommonMark and joins the lines of each
// paragraph. Code blocks, tables' rules, pictures and references are left out.
func markdownLines(text string) []rawLine {
	var out []rawLine
	var para []string
	start, number, blank, fenced := 0, 0, true, false
	m := plain
	flush := func() {
		if s := inline(strings.Join(para, " ")); s != "" {
			out = append(out, rawLine{text: s, number: start, mark: m, blank: blank})
			blank = false
		}
		para, m = nil, plain
	}
	add := func(s string, kind mark) {
		if len(para) == 0 {
			start, m = number, kind
		}
		para = append(para, s)
	}
	for s := range strings.SplitSeq(text, "\n") {
		number++
		switch {
		case mdFence.MatchString(s):
			flush()
			fenced = !fenced
		case fenced:
		case strings.TrimSpace(s) == "":
			flush()
			blank = true
		case mdHeading.MatchString(s):
			flush()
			add(mdHeading.FindStringSubmatch(s)[2], heading)
			flush()
		case len(para) > 0 && mdSetext.MatchString(s):
			m = heading
			flush()
		case mdRule.MatchString(s), mdRef.MatchString(s):
			flush()
		case mdItem.MatchString(s):
			flush()
			add("• "+mdItem.ReplaceAllString(s, ""), item)
		default:
			s = mdQuote.ReplaceAllString(s, "")
			if strings.TrimSpace(s) == "" {
				flush()
				continue
			}
			hard := strings.HasSuffix(s, "  ") || strings.HasSuffix(s, "\\")
			add(strings.TrimSuffix(s, "\\"), plain)
			if hard {
				flush()
			}
		}
	}
	flush()
	return out
}

// inline strips the markup within a line.
func inline(s string) string {
	if !strings.ContainsAny(s, "[<*_~`\\") {
		return tidy(s) // none of the markup below goes without one of these
	}
	s = mdImage.ReplaceAllString(s, "")
	s = mdLink.ReplaceAllString(s, "$1")
	s = mdRefLink.ReplaceAllString(s, "$1")
	s = mdNote.ReplaceAllString(s, "")
	s = mdAuto.ReplaceAllString(s, "$1")
	s = mdTag.ReplaceAllString(s, "")
	s = mdStrong.ReplaceAllString(s, "$2")
	s = mdEmphasis.ReplaceAllString(s, "$1$3$5")
	s = mdCode.ReplaceAllString(s, "$1")
	s = mdEscape.ReplaceAllString(s, "$1")
	return tidy(s)
}
