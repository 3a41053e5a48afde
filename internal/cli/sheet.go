package cli

import (
	"fmt"
	"io"
	"strings"
)

// column heads a table's column.
type column struct {
	name  string
	right bool // numbers stand to the right
	loose bool // may be wrapped when the terminal is narrow
}

// row is a table's row, with lines of prose that stand under it.
type row struct {
	cells []line
	below []line
}

// sheet is a table that is set to fit a terminal.
type sheet struct {
	columns []column
	rows    []row
}

const (
	gutter   = 2  // columns between cells
	minLoose = 10 // columns below which a loose cell is not squeezed
	maxLeast = 28 // columns beyond which a long word may be cut
	indent   = 4  // columns before what stands under a row
	prose    = 96 // columns beyond which prose is hard to read
)

func (t *sheet) add(below []line, cells ...line) { t.rows = append(t.rows, row{cells, below}) }

// write sets the table: loose columns are wrapped when the terminal is too
// narrow, and when that is not enough each cell gets a line of its own.
func (t *sheet) write(w io.Writer, to terminal) error {
	widths, fits := t.widths(to.width)
	var b strings.Builder
	if fits {
		head := make([]line, len(t.columns))
		for i, c := range t.columns {
			head[i] = styled(c.name, dim)
		}
		t.set(&b, to, widths, head)
	}
	for _, r := range t.rows {
		if fits {
			t.set(&b, to, widths, r.cells)
		} else {
			t.stack(&b, to, r.cells)
		}
		for _, l := range r.below {
			for _, l := range l.wrap(min(to.width, prose) - indent) {
				b.WriteString(strings.Repeat(" ", indent) + to.String(l) + "\n")
			}
		}
		if len(r.below) > 0 || !fits {
			b.WriteString("\n")
		}
		if _, err := io.WriteString(w, b.String()); err != nil {
			return err
		}
		b.Reset()
	}
	return nil
}

// widths gives each column's width, and whether the table fits at all. Loose
// columns give way, at first only until their longest word would be cut.
func (t *sheet) widths(width int) ([]int, bool) {
	widths, least := make([]int, len(t.columns)), make([]int, len(t.columns))
	total := gutter * (len(t.columns) - 1)
	for i, c := range t.columns {
		widths[i] = words(c.name).width()
		least[i] = max(widths[i], minLoose)
		for _, r := range t.rows {
			widths[i] = max(widths[i], r.cells[i].width())
			for w := range strings.FieldsSeq(r.cells[i].text()) {
				least[i] = max(least[i], min(words(w).width(), maxLeast))
			}
		}
		total += widths[i]
	}
	for _, least := range [][]int{least, nil} {
		for total > width {
			widest := -1
			for i, c := range t.columns {
				floor := minLoose
				if least != nil {
					floor = least[i]
				}
				if c.loose && widths[i] > floor && (widest < 0 || widths[i] > widths[widest]) {
					widest = i
				}
			}
			if widest < 0 {
				break
			}
			widths[widest]--
			total--
		}
	}
	return widths, total <= width
}

func (t *sheet) set(b *strings.Builder, to terminal, widths []int, cells []line) {
	wrapped := make([][]line, len(cells))
	height := 1
	for i, c := range cells {
		wrapped[i] = c.wrap(widths[i])
		height = max(height, len(wrapped[i]))
	}
	for y := range height {
		var l line
		for i := range cells {
			var c line
			if y < len(wrapped[i]) {
				c = wrapped[i][y]
			}
			if i > 0 {
				l = l.add(space(gutter))
			}
			l = l.add(c.pad(widths[i], t.columns[i].right))
		}
		b.WriteString(strings.TrimRight(to.String(l), " ") + "\n")
	}
}

// stack sets one cell a line, for terminals too narrow for columns.
func (t *sheet) stack(b *strings.Builder, to terminal, cells []line) {
	for i, c := range cells {
		if c.width() == 0 {
			continue
		}
		label := t.columns[i].name + ": "
		for j, l := range c.wrap(to.width - len(label)) {
			if j > 0 {
				label = strings.Repeat(" ", len(label))
			}
			b.WriteString(to.String(styled(label, dim).add(l)) + "\n")
		}
	}
}

// more says that a listing was cut off.
func (s *session) more(w io.Writer, shown, total int) {
	if shown < total {
		fmt.Fprintf(w, "%s\n", s.terminal.String(styled(fmt.Sprintf("%d of %d; --limit 0 shows all", shown, total), dim)))
	}
}
