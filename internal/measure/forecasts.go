package measure

import (
	"cmp"
	"context"

	"chancery/relation/calibration"
	"chancery/store/sqlite"
)

// Judged gives the settled forecasts, each with its holder's name (and code);
// advice is no forecast.
func Judged(ctx context.Context, store *sqlite.Store) ([]calibration.Judged, error) {
	all, err := store.Settlements(ctx)
	if err != nil {
		return nil, err
	}
	var out []calibration.Judged
	for _, x := range all {
		f, err := x.Before()
		if err != nil {
			return nil, err
		}
		if f.Advice {
			continue
		}
		holder := cmp.Or(f.Holder.Name, f.Holder.Code, "someone")
		if f.Holder.Name != "" && f.Holder.Code != "" {
			holder += " (" + f.Holder.Code + ")"
		}
		out = append(out, calibration.Judged{Holder: holder, Strength: f.Strength, Outcome: x.Outcome.Value()})
	}
	return out, nil
}
