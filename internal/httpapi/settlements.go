package httpapi

import (
	"context"
	"strings"

	"chancery"
	"chancery/internal/measure"
	"chancery/relation/calibration"
)

type settleInput struct {
	Body struct {
		Forecast string           `json:"forecast" minLength:"1" maxLength:"64" doc:"record id"`
		Outcome  chancery.Outcome `json:"outcome" enum:"yes,partly,no,open" doc:"it came true, in part, did not; open takes back what was said before"`
		Why      string           `json:"why" minLength:"1" maxLength:"4000"`
		Evidence string           `json:"evidence,omitempty" maxLength:"2000" doc:"what shows it: the id of a record, or an address"`
		Who      string           `json:"who" minLength:"1" maxLength:"200"`
	}
}

// settle says what came of a forecast.
func (a *api) settle(ctx context.Context, in *settleInput) (*chancery.Settlement, error) {
	x := chancery.Settlement{Forecast: in.Body.Forecast, Outcome: in.Body.Outcome, Why: in.Body.Why, Evidence: in.Body.Evidence, Who: in.Body.Who, When: a.Now()}
	if x.Evidence != "" && !strings.Contains(x.Evidence, "://") {
		if _, err := a.Store.Record(ctx, x.Evidence); err != nil {
			return nil, err
		}
	}
	x, err := a.Store.Settle(ctx, x)
	if err != nil {
		return nil, err
	}
	return &x, nil
}

// Calibration is how those who foretell have done.
type Calibration struct {
	Scores []calibration.Score `json:"scores" doc:"of each holder, those with most forecasts first"`
	Table  []calibration.Bin   `json:"table" doc:"how often what sounded how sure came true"`
}

func (a *api) calibration(ctx context.Context, _ *struct{}) (*Calibration, error) {
	judged, err := measure.Judged(ctx, a.Store)
	if err != nil {
		return nil, err
	}
	return &Calibration{Scores: append([]calibration.Score{}, calibration.Scores(judged)...), Table: append([]calibration.Bin{}, calibration.Table(judged)...)}, nil
}
