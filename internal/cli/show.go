package cli

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"chancery"
	"chancery/export"
	"chancery/store/sqlite"

	"github.com/spf13/cobra"
)

func newShowCommand(s *session) *cobra.Command {
	as := formatTable
	cmd := &cobra.Command{
		Use:   "show ARTICLE",
		Short: "An article with its records marked",
		Long: `Prints an article (by its name or id) with its records marked in the text and
named in the margin: e events, q quotes, f figures, p forecasts, x exchanges.
An id of a record shows the article it stands in.`,
		Example: `  chancery show 000
  chancery show 000 --format jsonl      the article and its records, a line each`,
		Args: cobra.ExactArgs(1),
	}
	addFormat(cmd, &as)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if as == formatCSV {
			return usage(errors.New("--format csv: an article is no table; \"chancery export --format csv --article " + quoteArg(args[0]) + " --kind event\" gives its events"))
		}
		return s.with(cmd.Context(), func(store *sqlite.Store) error { return s.show(cmd.Context(), store, args[0], as) })
	}
	return cmd
}

func (s *session) show(ctx context.Context, store *sqlite.Store, name string, as format) error {
	a, err := store.Article(ctx, name)
	if errors.Is(err, chancery.ErrNotFound) {
		if id, e := store.RecordID(ctx, name); e == nil {
			found, e := store.Record(ctx, id)
			if e != nil {
				return e
			}
			a, err = found.Article, nil
		}
	}
	if err != nil {
		return err
	}
	out := bufio.NewWriter(s.out)
	if as == formatJSONL {
		if err := export.Write(ctx, out, store, export.Kinds(), sqlite.Filter{Article: a.ID}); err != nil {
			return err
		}
		return out.Flush()
	}
	r, _, err := store.Corrected(ctx, a)
	if errors.Is(err, chancery.ErrNotFound) {
		r, err = &chancery.Reading{}, nil
	}
	if err != nil {
		return err
	}
	printArticle(out, s.terminal, a, r)
	return out.Flush()
}

// mark is a record's passage in the text and its note in the margin.
type mark struct {
	chancery.ByteRange
	tag   string
	style style
	note  line
}

// marks lists the records' passages in the order of the text, and names the
// exchanges by the tags of their legs.
func marks(a *chancery.Article, r *chancery.Reading) (all []mark, exchanges []line) {
	add := func(letter string, at chancery.ByteRange, st style, note line) {
		all = append(all, mark{at, letter, st, note})
	}
	order := map[string]int{} // event id -> place in all
	for i := range r.Events {
		e := &r.Events[i]
		order[e.ID] = len(all)
		note := styled(string(e.Type), quadStyle(e.Type.QuadClass())).add(words(" "+string(e.Status)+" "), styled(partyText(e.Actors), bold), words(" → "), styled(partyText(e.Recipients), bold))
		if e.Good != nil {
			note = note.add(words(", " + string(e.Good.Kind)))
		}
		if v := voices(e.Attribution); v != "" {
			note = note.add(styled(", says "+v, dim))
		}
		add("e", e.Trigger, quadStyle(e.Type.QuadClass()), note)
	}
	for i := range r.Quotes {
		q := &r.Quotes[i]
		note := words("said ").add(styled(person(q.Speaker), bold))
		if q.ProseSpeaker != nil {
			note = note.add(styled(", or "+person(*q.ProseSpeaker)+"?", yellow))
		}
		add("q", q.Text, italic+";"+cyan, note)
	}
	for i := range r.Figures {
		f := &r.Figures[i]
		note := words(f.Value.Of(a.Text))
		if !f.Of.IsZero() {
			note = note.add(words(" of " + f.Of.Of(a.Text)))
		}
		add("f", f.Value, yellow, note)
	}
	for i := range r.Forecasts {
		f := &r.Forecasts[i]
		add("p", f.About, magenta, styled(person(f.Holder), bold).add(words(": "+f.Hedge+", "+percent(f.Strength))))
	}
	tags := make([]string, len(all)) // by place before sorting
	places := make([]int, len(all))
	for i := range places {
		places[i] = i
	}
	slices.SortStableFunc(places, func(i, j int) int {
		return cmp.Or(cmp.Compare(all[i].Start, all[j].Start), cmp.Compare(all[j].End, all[i].End))
	})
	sorted := make([]mark, len(all))
	numbers := map[string]int{}
	for i, p := range places {
		m := all[p]
		numbers[m.tag]++
		m.tag += itoa(numbers[m.tag])
		sorted[i], tags[p] = m, m.tag
	}
	for i, x := range r.Exchanges {
		var legs []string
		for _, id := range x.Legs {
			if p, ok := order[id]; ok {
				legs = append(legs, tags[p])
			}
		}
		l := words(fmt.Sprintf("x%d  %s", i+1, strings.Join(legs, " ⇄ ")))
		if t := tie(&r.Exchanges[i]); !t.IsZero() {
			l = l.add(styled("  “"+t.Of(a.Text)+"”", dim))
		}
		exchanges = append(exchanges, l)
	}
	return sorted, exchanges
}

const (
	marginWidth = 36 // of the notes beside the text
	marginFrom  = 92 // columns a terminal needs to have a margin
)

// printArticle sets the article, its records marked and noted.
func printArticle(w io.Writer, to terminal, a *chancery.Article, r *chancery.Reading) {
	put := func(l line) { fmt.Fprintln(w, strings.TrimRight(to.String(l), " ")) }
	width, beside := min(to.width, prose), false
	if to.width >= marginFrom {
		width, beside = min(to.width-marginWidth-3, 76), true
	}
	title := a.Title
	if title == "" {
		title = a.Name
	}
	for _, l := range styled(title, bold).wrap(to.width) {
		put(l)
	}
	var by string
	if a.Byline != "" {
		by = "by " + a.Byline
	}
	for _, l := range facts(by, a.Source, a.Published.String(), a.Name, a.ID).wrap(to.width) {
		put(l)
	}
	if a.ReprintOf != "" {
		put(styled("mostly repeats "+a.ReprintOf, yellow))
	}
	all, exchanges := marks(a, r)
	next := 0 // the first mark that has not ended
	for at := 0; at < len(a.Text); {
		end := len(a.Text)
		if i := strings.IndexByte(a.Text[at:], '\n'); i >= 0 {
			end = at + i
		}
		if paragraph := (chancery.ByteRange{Start: at, End: end}); strings.TrimSpace(paragraph.Of(a.Text)) != "" {
			put(nil)
			for next < len(all) && all[next].End <= at {
				next++
			}
			setParagraph(put, to, markedUp(a.Text, paragraph, all, next, to.color), all, width, beside)
		}
		at = end + 1
	}
	if len(exchanges) > 0 {
		put(nil)
		put(styled("In return for each other", bold))
		for _, x := range exchanges {
			for _, l := range x.wrap(to.width) {
				put(l)
			}
		}
	}
	put(nil)
	for _, l := range styled(fmt.Sprintf("e events %d · x exchanges %d · q quotes %d · f figures %d · p forecasts %d", len(r.Events), len(r.Exchanges), len(r.Quotes), len(r.Figures), len(r.Forecasts)), dim).wrap(to.width) {
		put(l)
	}
}

// markedUp gives the characters under r with the marks that meet it. With
// colours a mark is its style with its tag after it; without, [brackets]tag.
func markedUp(text string, r chancery.ByteRange, all []mark, from int, color bool) (out line) {
	var here []int // marks that meet r
	bounds := []int{r.Start, r.End}
	for i := from; i < len(all) && all[i].Start < r.End; i++ {
		if all[i].Overlaps(r) {
			here = append(here, i)
			bounds = append(bounds, max(all[i].Start, r.Start), min(all[i].End, r.End))
		}
	}
	slices.Sort(bounds)
	bounds = slices.Compact(bounds)
	for b, at := range bounds {
		// Ends before beginnings; the mark that began last ends first.
		for k := len(here) - 1; k >= 0; k-- {
			if m := all[here[k]]; min(m.End, r.End) == at {
				tag := m.tag
				if !color {
					tag = "]" + tag
				}
				out = append(out, piece{text: tag, style: dim, mark: here[k] + 1})
			}
		}
		if b == len(bounds)-1 {
			break
		}
		st := plain
		for _, i := range here {
			if m := all[i]; m.Start <= at && at < m.End {
				st = m.style // the one that began last
			}
			if !color && max(all[i].Start, r.Start) == at {
				out = append(out, piece{text: "["})
			}
		}
		out = append(out, piece{text: clean(text[at:bounds[b+1]]), style: st})
	}
	return out
}

// setParagraph sets a paragraph with the notes of its marks beside or below it.
func setParagraph(put func(line), to terminal, paragraph line, all []mark, width int, beside bool) {
	var notes []line
	pending := func(l line) {
		for _, p := range l {
			if p.mark > 0 {
				m := all[p.mark-1]
				notes = append(notes, styled(m.tag+" ", dim).add(m.note))
			}
		}
	}
	if !beside {
		for _, l := range paragraph.wrap(width) {
			put(l)
			pending(l)
		}
		for _, n := range notes {
			for i, l := range n.wrap(width - 6) {
				if i > 0 {
					l = words("   ").add(l)
				}
				put(words("   ").add(l))
			}
		}
		return
	}
	var margin []line // lines of notes that wait for a place
	emit := func(l line) {
		if len(margin) == 0 {
			put(l)
			return
		}
		put(l.pad(width, false).add(words(" │ ")).add(margin[0]))
		margin = margin[1:]
	}
	for _, l := range paragraph.wrap(width) {
		notes = notes[:0]
		pending(l)
		for _, n := range notes {
			for i, m := range n.wrap(to.width - width - 5) {
				if i > 0 {
					m = words("  ").add(m)
				}
				margin = append(margin, m)
			}
		}
		emit(l)
	}
	for len(margin) > 0 {
		emit(nil)
	}
}
