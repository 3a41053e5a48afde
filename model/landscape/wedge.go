package landscape

// Wedge is what follows when one actor is paid to change camp.
type Wedge struct {
	Actor     int     `json:"actor"`
	Patron    int     `json:"patron"`  // who pays; -1 when the payment comes from outside the table
	Payment   float64 `json:"payment"` // in units of frustration
	Raise     float64 `json:"raise"`   // of the propensity of actor and patron; 0 without a patron
	Sides     Sides   `json:"sides"`   // once the others have adjusted to it
	Followers []int   `json:"followers,omitempty"`
	// Lasts: the new split holds when the payment ends. If not, End is where the
	// actors go then, and Returns says whether that is where they started.
	Lasts   bool  `json:"lasts"`
	End     Sides `json:"end"`
	Returns bool  `json:"returns"`
}

// Patrons lists the actors of the other camp with size above zero and by how
// much each would have to raise his propensity with actor k to pay for k's move.
func (l *Landscape) Patrons(s Sides, k int) (patrons []int, raises []float64) {
	pay := max(0, l.Gain(s, k))
	for j := range s {
		if s[j] != s[k] && l.size[j] > 0 {
			patrons = append(patrons, j)
			raises = append(raises, pay/l.size[j])
		}
	}
	return patrons, raises
}

// Wedge pays actor k, at the least price, to leave his camp in the split s, lets
// the others adjust while k is held, then ends the payment and lets all adjust.
// patron is an actor of the other camp who pays by raising his propensity with
// k, or -1.
func (l *Landscape) Wedge(s Sides, k, patron int) Wedge {
	w := Wedge{Actor: k, Patron: patron, Payment: max(0, l.Gain(s, k))}
	paid := l
	if patron >= 0 && patron != k && l.size[patron] > 0 {
		w.Raise = w.Payment / l.size[patron]
		paid = l.With(k, patron, l.p[k][patron]+w.Raise)
	}
	moved := append(Sides(nil), s...)
	moved[k] ^= 1
	after, _ := paid.Descend(moved, func(i int) bool { return i == k })
	for i := range s {
		if i != k && after[i] != moved[i] {
			w.Followers = append(w.Followers, i)
		}
	}
	end, steps := l.Descend(after, nil)
	w.Lasts, w.Returns = steps == 0, end.Equal(s)
	w.Sides, w.End = after.Canonical(), end.Canonical()
	return w
}

// With is the same landscape with one propensity changed.
func (l *Landscape) With(i, j int, propensity float64) *Landscape {
	c := *l
	c.p, c.pull = append([][]float64(nil), l.p...), append([][]float64(nil), l.pull...)
	for _, e := range [][2]int{{i, j}, {j, i}} {
		a, b := e[0], e[1]
		c.p[a], c.pull[a] = append([]float64(nil), l.p[a]...), append([]float64(nil), l.pull[a]...)
		c.p[a][b], c.pull[a][b] = propensity, l.size[b]*propensity
	}
	return &c
}
