package relation

import (
	"gonum.org/v1/gonum/stat/distuv"
)

// Estimate is a value with a band that holds the truth with the level's
// probability.
type Estimate struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// estimator caches bands, which are dear and repeat: most buckets hold few
// happenings.
type estimator struct {
	level float64
	cache map[[2]int]Estimate
}

func newEstimator(level float64) *estimator {
	return &estimator{level: level, cache: map[[2]int]Estimate{}}
}

// many is the count from which a posterior is taken as normal: exact quantiles
// get slow there and differ by less than a thousandth.
const many = 200

// posterior is the distribution of a proportion known from counts.
func posterior(pro, con int) interface {
	Quantile(float64) float64
	CDF(float64) float64
} {
	b := distuv.Beta{Alpha: float64(pro) + .5, Beta: float64(con) + .5}
	if min(pro, con) < many {
		return b
	}
	return distuv.Normal{Mu: b.Mean(), Sigma: b.StdDev()}
}

// share estimates a proportion from counts for and against: the median and the
// central interval of the Beta(for + 1/2, against + 1/2) posterior under
// Jeffreys' prior (Brown, Cai and DasGupta 2001, Statistical Science 16:2,
// section 3.2). Without any reports that is 1/2 within nearly 0..1.
func (e *estimator) share(pro, con int) Estimate {
	if v, ok := e.cache[[2]int{pro, con}]; ok {
		return v
	}
	b := posterior(pro, con)
	v := Estimate{Value: b.Quantile(.5), Low: b.Quantile((1 - e.level) / 2), High: b.Quantile((1 + e.level) / 2)}
	e.cache[[2]int{pro, con}] = v
	return v
}

// net estimates net cooperation, (for - against) / (for + against), -1..1. The
// counts are taken as Poisson with rates whose ratio is wanted, so that given
// their sum the number for is binomial.
func (e *estimator) net(pro, con int) Estimate {
	s := e.share(pro, con)
	return Estimate{2*s.Value - 1, 2*s.Low - 1, 2*s.High - 1}
}

// below is the probability that a net cooperation known from the counts pro2,
// con2 is lower than one known from pro1, con1.
func below(pro1, con1, pro2, con2 int) float64 {
	first, second := posterior(pro1, con1), posterior(pro2, con2)
	// Averaged over the quantiles of the first: no singular density at the ends.
	const steps = 128
	sum := 0.
	for k := range steps {
		sum += second.CDF(first.Quantile((float64(k) + .5) / steps))
	}
	return sum / steps
}

func (e *estimator) gap(pro1, con1, pro2, con2 int) Gap {
	g := Gap{First: e.net(pro1, con1), Second: e.net(pro2, con2), Below: below(pro1, con1, pro2, con2)}
	g.Difference = g.Second.Value - g.First.Value
	return g
}
