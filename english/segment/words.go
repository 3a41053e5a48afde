package segment

import (
	"chancery/english/linear"
)

// The decisions at the boundary of two pieces of a chunk.
const (
	attach = iota // one word
	cut           // two words
	join          // two words of one orthographic word
)

// abbreviations are words that keep their final stop. Single letters and
// letters with stops between them ("U.S.") are recognised by their shape.
var abbreviations = hashes(`mr mrs ms mx dr prof st sr jr rev hon gov gen lt maj col cpl sgt capt cmdr adm brig pvt amb
sen rep reps sens pres supt insp det fr bros inc corp co ltd llc plc est dept assn univ govt min sec ave blvd rd hwy mt ft no nos vs v
vol vols pp pg ed eds ch fig figs eq al cf ca approx ext tel etc eg ie viz
jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mont neb nev okla ore pa penn tenn tex va vt wash wis wyo
messrs mmes mlle mme lt-gen maj-gen brig-gen`)

// prefixes are not cut off at their hyphen ("non-aligned", "ex-wife").
var prefixes = hashes(`anti arch bi co contra counter cross cyber de di e em ex extra hyper inter intra macro mega meta micro mid mini
mono multi neo non nano over para pan poly post pre pro proto pseudo quasi re semi sub super supra trans tri ultra un under uni vice x`)

// contractions are written as one word without an apostrophe; the value is
// the length of the first of the two words.
var contractions = map[string]int{
	"cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3, "gimme": 3, "lemme": 3, "outta": 3, "sorta": 4, "kinda": 4, "dunno": 2,
	"dont": 2, "cant": 2, "wont": 2, "didnt": 3, "doesnt": 4, "isnt": 2, "wasnt": 3, "arent": 3, "werent": 4, "aint": 2,
	"havent": 4, "hasnt": 3, "hadnt": 3, "couldnt": 5, "wouldnt": 5, "shouldnt": 6, "mustnt": 4,
	"im": 1, "ive": 1, "youre": 3, "youve": 3, "youll": 3, "theyre": 4, "theyve": 4, "theyll": 4, "weve": 2,
	"thats": 4, "whats": 4, "theres": 5, "heres": 4, "hes": 2, "shes": 3,
	"d'ye": 1, "'tis": 2, "'twas": 2,
}

// hashOf gives the hash that a piece of these letters has.
func hashOf(letters string) uint32 {
	h := linear.Hash(0)
	for _, r := range letters {
		h = linear.Add(h, uint32(r))
	}
	return h
}

func hashes(list string) map[uint32]bool {
	set := map[uint32]bool{}
	from := -1
	for i := 0; i <= len(list); i++ {
		if i == len(list) || list[i] == ' ' || list[i] == '\n' {
			if from >= 0 {
				set[hashOf(list[from:i])] = true
			}
			from = -1
		} else if from < 0 {
			from = i
		}
	}
	return set
}

// decider says what happens at the boundary after piece i of a chunk, after
// the decision before it.
type decider func(p []piece, i, before int, near neighbours) int

// neighbours are the kinds of the word before a chunk and of the beginning of
// the chunk after it: they tell "Gen. Khan" and "Ann K. Holt" from "the end. He".
// quoted is set after an opening single quote, which an apostrophe may close.
type neighbours struct {
	before, after kind
	quoted        bool
}

// cutChunk appends the words of a chunk to buf.words.
func cutChunk(text string, c chunk, after kind, buf *buffer, decide decider) {
	buf.pieces = pieces(text, c, buf.pieces[:0])
	p := buf.pieces
	w := word{Word: Word{Start: c.start}, gap: c.gap, hash: p[0].hash, kind: p[0].kind}
	near := neighbours{after: after}
	if n := len(buf.words); n > 0 {
		near.before = buf.words[n-1].kind
		near.quoted = buf.quoted
	}
	decision := attach
	for i := range p {
		switch {
		case i+1 == len(p) || p[i].kind == address || p[i+1].kind == address:
			decision = cut
		case p[i].kind <= initial && p[i+1].kind == digits: // "F16", "News24"; never "F" and "16"
			decision = attach
		case inISODate(p, i):
			decision = attach
		default:
			decision = decide(p, i, decision, near)
		}
		if decision == attach {
			w.hash = linear.Add(w.hash, p[i+1].hash)
			if p[i+1].kind != stop || w.kind == stop {
				w.kind = joinKinds(w.kind, p[i+1].kind)
			}
			continue
		}
		if w.End = p[i].end; i == 0 && w.kind == quote && text[w.Start] != '"' || text[w.Start:w.End] == "‘" {
			buf.quoted = true
		} else if w.kind == quote && decision != join && w.End-w.Start <= len("’") {
			buf.quoted = false
		}
		buf.words = contracted(text, w, buf.words)
		if i+1 < len(p) {
			w = word{Word: Word{Start: w.End, Joined: decision == join}, hash: p[i+1].hash, kind: p[i+1].kind}
		}
	}
}

// inISODate reports whether the boundary after piece i lies within a date such
// as 2019-05-03.
func inISODate(p []piece, i int) bool {
	for j := max(0, i-3); j <= i && j+4 < len(p); j++ {
		ok := true
		for k, size := range [...]int{4, 1, 2, 1, 2} {
			q := &p[j+k]
			ok = ok && q.end-q.start == size && (q.kind == digits) == (k%2 == 0) && (k%2 == 0 || q.kind == dash)
		}
		if ok {
			return true
		}
	}
	return false
}

// joinKinds gives the kind of a word of pieces of two kinds.
func joinKinds(a, b kind) kind {
	if a == b || b == dash || b >= stop && a < stop {
		return a
	}
	return mixed
}

// contracted appends a word, in two if it is a contraction without an apostrophe.
func contracted(text string, w word, out []word) []word {
	form := text[w.Start:w.End]
	if len(form) > 1 && len(form) <= 8 {
		var low [8]byte
		for i := range len(form) {
			low[i] = form[i]
			if low[i] >= 'A' && low[i] <= 'Z' {
				low[i] |= 0x20
			}
		}
		// "IM" and "HES" in capitals are acronyms.
		if n := contractions[string(low[:len(form)])]; n > 0 && (w.kind != upper || len(form) > 4) {
			a, b := w, w
			a.End = w.Start + n
			b.Start, b.Joined, b.gap = a.End, true, noGap
			a.hash, b.hash = hashOf(string(low[:n])), hashOf(string(low[n:len(form)]))
			b.kind = lower
			return append(out, a, b)
		}
	}
	return append(out, w)
}

// at gives piece i, or an empty one outside the chunk.
func at(p []piece, i int) piece {
	if i < 0 || i >= len(p) {
		return piece{}
	}
	return p[i]
}

// wordFeatures appends the features of the boundary after piece i.
func wordFeatures(p []piece, i, before int, near neighbours, out []uint32) []uint32 {
	l2, l, r, r2, r3 := at(p, i-1), p[i], p[i+1], at(p, i+2), at(p, i+3)
	l3 := at(p, i-2)
	kinds := linear.Add(linear.Add(linear.Hash(0), uint32(l.kind)), uint32(r.kind))
	last := uint32(0) // whether r ends the chunk, and what follows it
	if i+2 == len(p) {
		last = 1 + uint32(near.after)
	}
	first := uint32(0)
	if i == 0 {
		first = 1
	}
	flags := uint32(0)
	if abbreviations[l.hash] {
		flags |= 1
	}
	if prefixes[l.hash] {
		flags |= 2
	}
	if prefixes[l2.hash] && l.kind == dash {
		flags |= 4
	}
	if l2.kind == stop && l.kind <= initial && at(p, i-2).kind == initial {
		flags |= 8
	}
	if l.end-l.start == 1 {
		flags |= 16
	}
	if i > 8 {
		flags |= 32
	}
	if l.final == 's' {
		flags |= 64
	}
	if near.quoted {
		flags |= 128
	}
	size := func(q piece) uint32 { return uint32(min(q.end-q.start, 5)) }
	f := func(template uint32, values ...uint32) {
		h := linear.Add(kinds, template)
		for _, v := range values {
			h = linear.Add(h, v)
		}
		out = append(out, h)
	}
	b := uint32(before)
	f(1)
	f(2, l.hash)
	f(3, r.hash)
	f(4, l.hash, r.hash)
	f(5, uint32(l2.kind), uint32(r2.kind))
	f(6, l2.hash, l.hash)
	f(7, r.hash, r2.hash)
	f(8, l.hash, r.hash, r2.hash)
	f(9, l2.hash, l.hash, r.hash)
	f(10, last, first)
	f(11, flags, last)
	f(12, flags, b, uint32(r2.kind))
	f(13, b, uint32(l2.kind), first)
	f(14, b, uint32(l3.kind), uint32(l2.kind), uint32(r2.kind), uint32(r3.kind))
	f(15, l2.hash, l.hash, r.hash, r2.hash)
	f(16, size(l), size(r), uint32(l2.kind), uint32(r2.kind))
	f(17, last, l.hash, r.hash)
	f(18, b, l.hash, r.hash)
	f(19, flags)
	f(20, uint32(r2.kind), last, r.hash)
	f(22, uint32(near.before), last, first, flags)
	f(23, uint32(near.before), last, l.hash)
	f(21, size(l2), size(r2), l.hash)
	return out
}
