package actor

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"chancery"
)

// readPetrarch reads a dictionary in the format of PETRARCH (Open Event Data
// Alliance): actors or agents.
//
//	# a comment
//	PAKISTAN_ [PAK]           a name with its code, words joined by "_"
//	+PAKISTANI_               a synonym of the name above
//	ASIM_MUNIR_
//	+GENERAL_MUNIR_
//	    [PAKGOVSPY 181025-190616]   a code for a time, days as YYMMDD or YYYYMMDD
//	    [PAKMIL >20221129]          from a day on; "<" is until a day
//	    [PAKELI]                    at any other time
//	!PERSON! = MAN, MEN, WOMAN       a set of words, used in names as !PERSON!
//	POLICE!PERSON! {POLICEMEN} [~COP]  an agent: "~" stands for the state's code
//
// Two-digit years 00 to 29 are of this century. Agents' sectors that PLOVER
// does not have become the nearest that it has.
func (g *Gazetteer) readPetrarch(b []byte, rank uint8) error {
	r := petrarchReader{g: g, rank: rank, sets: map[string][]string{}}
	n := 0
	for line := range strings.Lines(string(b)) {
		n++
		if err := r.line(line); err != nil {
			return &ListError{Line: n, Err: err}
		}
	}
	return r.flush()
}

type petrarchReader struct {
	g     *Gazetteer
	rank  uint8
	sets  map[string][]string
	names []string       // of the block being read
	codes []petrarchCode // of the block being read
}

type petrarchCode struct {
	code         string
	since, until int32
	agent        bool
}

func (r *petrarchReader) line(line string) error {
	if !utf8.ValidString(line) {
		// The published dictionaries hold a few Latin-1 bytes, in names no English text prints.
		line = strings.ToValidUTF8(line, "")
	}
	line, _, _ = strings.Cut(line, "#")
	line, _, _ = strings.Cut(line, ";")
	line = strings.TrimSpace(line)
	if line == "" {
		return nil
	}
	if line[0] == '!' && strings.Contains(line, "=") {
		return r.set(line)
	}
	name, rest := line, ""
	if i := strings.IndexAny(line, "[{"); i >= 0 {
		name, rest = strings.TrimSpace(line[:i]), line[i:]
	}
	if name != "" {
		if synonym, ok := strings.CutPrefix(name, "+"); ok {
			if len(r.names) == 0 {
				return fmt.Errorf("%w: synonym %q without a name above it", chancery.ErrInvalid, name)
			}
			name = synonym
		} else if err := r.flush(); err != nil {
			return err
		}
		names, err := r.expand(name)
		if err != nil {
			return err
		}
		r.names = append(r.names, names...)
	}
	for rest != "" {
		var err error
		if rest, err = r.bracket(rest); err != nil {
			return err
		}
	}
	return nil
}

// bracket reads one {irregular plural} or [CODE period] and gives what follows.
func (r *petrarchReader) bracket(s string) (rest string, err error) {
	i := strings.IndexAny(s, "]}") // the published files mix them up
	if i < 0 {
		return "", fmt.Errorf("%w: %q is not closed", chancery.ErrInvalid, s)
	}
	inner, rest := strings.TrimSpace(s[1:i]), strings.TrimSpace(s[i+1:])
	if rest != "" && rest[0] != '[' && rest[0] != '{' {
		rest = "" // a remark after the code
	}
	if s[0] == '{' {
		if inner != "" {
			names, err := r.expand(inner)
			if err != nil {
				return "", err
			}
			r.names = append(r.names, names...)
		}
		return rest, nil
	}
	if len(r.names) == 0 {
		return "", fmt.Errorf("%w: code [%s] without a name above it", chancery.ErrInvalid, inner)
	}
	code, err := petrarchCodeOf(inner)
	if err != nil {
		return "", err
	}
	if code.code != "" {
		r.codes = append(r.codes, code)
	}
	return rest, nil
}

// petrarchCodeOf reads "PAKMIL >20221129", "~COP", "KORGOV 2004-2006".
func petrarchCodeOf(s string) (petrarchCode, error) {
	fields := strings.Fields(s)
	if len(fields) == 0 || fields[0] == "---" {
		return petrarchCode{}, nil // "no code" is how the format hides a name
	}
	var c petrarchCode
	c.agent = strings.Contains(fields[0], "~")
	c.code = strings.ToUpper(strings.Trim(strings.ReplaceAll(fields[0], "~", ""), "_"))
	if !c.agent {
		if err := checkCode(c.code); err != nil {
			return c, err
		}
	}
	period := strings.Join(fields[1:], "")
	var err error
	switch {
	case period == "":
	case period[0] == '>':
		c.since, err = petrarchDay(period[1:], false)
	case period[0] == '<':
		c.until, err = petrarchDay(period[1:], true)
	default:
		from, to, span := strings.Cut(period, "-")
		if !span {
			to = from // one day
		}
		if c.since, err = petrarchDay(from, false); err == nil {
			c.until, err = petrarchDay(to, true)
		}
	}
	return c, err
}

// petrarchDay reads YYMMDD, YYYYMMDD or YYYY; the published files also hold
// days of seven and of nine digits, of which the year is kept.
func petrarchDay(s string, last bool) (int32, error) {
	n, err := strconv.ParseUint(s, 10, 31)
	if err != nil {
		return 0, fmt.Errorf("%w: day %q (want YYMMDD or YYYYMMDD)", chancery.ErrInvalid, s)
	}
	switch len(s) {
	case 6:
		if n/10000 < 30 {
			return int32(20000000 + n), nil
		}
		return int32(19000000 + n), nil
	case 8:
		return int32(n), nil
	}
	if len(s) == 4 || len(s) > 6 {
		return parseDay(s[:4], last)
	}
	return 0, fmt.Errorf("%w: day %q (want YYMMDD or YYYYMMDD)", chancery.ErrInvalid, s)
}

// maxSetNames bounds how many names one line with sets may stand for.
const maxSetNames = 4096

// expand writes out the sets in a name: POLICE!PERSON! is POLICEMAN, POLICEMEN ...
func (r *petrarchReader) expand(name string) ([]string, error) {
	names := []string{name}
	for {
		i := strings.IndexByte(names[0], '!')
		if i < 0 {
			return names, nil
		}
		j := strings.IndexByte(names[0][i+1:], '!')
		if j < 0 {
			return names, nil // a mark of exclamation, as in WATCH_INDONESIA!
		}
		key := names[0][i : i+j+2]
		words, ok := r.sets[key]
		if !ok {
			return nil, fmt.Errorf("%w: set %s in %q is not defined above", chancery.ErrInvalid, key, name)
		}
		var out []string
		for _, n := range names {
			for _, w := range words {
				out = append(out, strings.Replace(n, key, w, 1))
			}
		}
		if names = out; len(names) > maxSetNames {
			return nil, fmt.Errorf("%w: %q stands for more than %d names", chancery.ErrInvalid, name, maxSetNames)
		}
	}
}

func (r *petrarchReader) set(line string) error {
	key, list, _ := strings.Cut(line, "=")
	key = strings.TrimSpace(key)
	if len(key) < 3 || key[len(key)-1] != '!' {
		return fmt.Errorf("%w: set %q (want !NAME! = WORD, WORD)", chancery.ErrInvalid, key)
	}
	var words []string
	for w := range strings.SplitSeq(list, ",") {
		if w = strings.TrimSpace(w); w != "" && !strings.Contains(w, "!") {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return fmt.Errorf("%w: set %s is empty", chancery.ErrInvalid, key)
	}
	r.sets[key] = words
	return r.flush()
}

// flush adds the block that was read to the gazetteer.
func (r *petrarchReader) flush() error {
	names, codes := r.names, r.codes
	r.names, r.codes = nil, nil
	termed := slices.ContainsFunc(codes, func(c petrarchCode) bool { return c.since != 0 || c.until != 0 })
	for _, c := range codes {
		if c.agent {
			r.agent(names, c.code)
			continue
		}
		e := entry{code: FromCAMEO(c.code), name: petrarchName(names[0]), since: c.since, until: c.until, rank: r.rank, class: classBody}
		if len(c.code) == 3 {
			e.class = classState
		}
		if termed {
			e.class = classPerson // only offices' holders have terms
		}
		r.g.addState(&e)
		i := r.g.add(e)
		for _, n := range names {
			r.g.addAlias(petrarchName(n), i)
		}
	}
	return nil
}

func (r *petrarchReader) agent(names []string, code string) {
	sector := petrarchSector(code)
	if sector == "" {
		return
	}
	for _, n := range names {
		r.g.agents.override(petrarchName(n), sector)
	}
}

// petrarchName turns ASIM_MUNIR_ into "Asim Munir". Short words keep their
// capitals when the whole name is one: UN_, U.N._.
func petrarchName(s string) string {
	words := strings.FieldsFunc(strings.TrimSpace(s), func(r rune) bool { return r == '_' || r == ' ' || r == '\t' })
	for i, w := range words {
		if w != strings.ToUpper(w) || len(words) == 1 && len(bare(w)) <= 3 {
			continue
		}
		low := strings.ToLower(w)
		out := []byte(low)
		for k := range out {
			if (k == 0 || low[k-1] == '-') && out[k] >= 'a' && out[k] <= 'z' {
				out[k] -= 'a' - 'A'
			}
		}
		words[i] = string(out)
	}
	return strings.Join(words, " ")
}

// petrarchSectors maps CAMEO's role codes that PLOVER does not have; "" drops them.
var petrarchSectors = map[string]string{
	"COP": "GOV", "ELI": "CVL", "UAF": "REB", "INS": "REB", "SEP": "REB", "RAD": "REB", "MOD": "",
	"AGR": "CVL", "HLH": "CVL", "DEV": "GOV", "ENV": "NGO", "HRI": "NGO", "MNC": "BUS", "NGM": "NGO",
	"SET": "CVL", "TOP": "GOV", "MID": "", "HAR": "", "UIS": "", "LEG": "LEG", "JUD": "JUD",
	"CHR": "REL", "MUS": "REL", "MOS": "REL", "JEW": "REL", "BUD": "REL", "HIN": "REL", "SIK": "REL", "CTH": "REL", "PRO": "REL",
}

// petrarchSector gives the PLOVER sector of a CAMEO agent code: of COPGOV the
// first known. "" when it has none.
func petrarchSector(code string) string {
	sectors := chancery.Sectors()
	for ; len(code) >= 3; code = code[3:] {
		part := code[:3]
		for _, s := range sectors {
			if s == part {
				return s
			}
		}
		if s := petrarchSectors[part]; s != "" {
			return s
		}
	}
	return ""
}

// FromCAMEO turns a CAMEO actor code, as PETRARCH's dictionaries have them, into
// a state and at most one of PLOVER's sectors: PAKGOVMIL is PAKMIL, IGOUNO UNO.
// A code of one part stays as it is.
func FromCAMEO(code string) string {
	if len(code) <= 3 {
		return code
	}
	state, roles := code[:3], code[3:]
	switch state {
	case "IGO", "NGO", "IMG", "MNC", "NGM", "INT":
		// The last part that is no role is the body's own: UNO, ALQ.
		for k := len(roles) - len(roles)%3; k >= 3; k -= 3 {
			if part := roles[k-3 : k]; petrarchSector(part) == "" {
				return part
			}
		}
		if state == "IMG" || state == "INT" && petrarchSector(roles) != "" {
			return petrarchSector(roles)
		}
		return map[string]string{"IGO": "IGO", "NGO": "NGO", "NGM": "NGO", "MNC": "BUS", "INT": "IGO"}[state]
	}
	// "GOVMIL" is the military part of a government: the later, narrower role wins.
	if rest, ok := strings.CutPrefix(roles, "GOV"); ok {
		if s := petrarchSector(rest); s != "" {
			return state + s
		}
	}
	return state + petrarchSector(roles)
}
