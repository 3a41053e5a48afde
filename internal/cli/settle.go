package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"strings"

	"chancery"
	"chancery/export"
	"chancery/internal/measure"
	"chancery/relation/calibration"
	"chancery/store/sqlite"
)

// settling is what the flags of "chancery forecasts" say of settling one.
type settling struct {
	forecast string // id or its beginning
	why      string
	evidence string
	who      string
}

// settle keeps what came of a forecast.
func (s *session) settle(ctx context.Context, store *sqlite.Store, x settling, outcome string) error {
	o, err := chancery.ParseOutcome(strings.ToLower(outcome))
	if err != nil {
		return usage(err)
	}
	id, err := store.RecordID(ctx, x.forecast)
	if err != nil {
		return err
	}
	// Evidence is an address, or a record of ours, whose id may be shortened.
	if x.evidence != "" && !strings.Contains(x.evidence, "://") {
		if x.evidence, err = store.RecordID(ctx, x.evidence); err != nil {
			return fmt.Errorf("--evidence: %w: name a record or an address", err)
		}
	}
	if x.who == "" {
		x.who = login()
	}
	settled, err := store.Settle(ctx, chancery.Settlement{Forecast: id, Outcome: o, Why: x.why, Evidence: x.evidence, Who: x.who, When: s.now()})
	if err != nil {
		return asked(err)
	}
	if settled.Outcome == chancery.Unsettled {
		_, err = fmt.Fprintf(s.out, "Forecast %s is open again, says %s.\n", shortID(id), clean(settled.Who))
		return err
	}
	_, err = fmt.Fprintf(s.out, "Forecast %s: %s, says %s.\n", shortID(id), settled.Outcome, clean(settled.Who))
	return err
}

// login names the person at the keyboard.
func login() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	if name := os.Getenv("USER"); name != "" {
		return name
	}
	return "someone"
}

// scoreLine is a holder's score, for programs.
type scoreLine struct {
	Record string `json:"record"` // "score"
	calibration.Score
}

// scores says how the holders of settled forecasts have done.
func (s *session) scores(ctx context.Context, store *sqlite.Store, as format) error {
	if as == formatCSV {
		return usage(errors.New("--scores --format csv: want table or jsonl"))
	}
	judged, err := measure.Judged(ctx, store)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(s.out)
	all := calibration.Scores(judged)
	if as == formatJSONL {
		for _, x := range all {
			if err := export.JSONLine(out, scoreLine{"score", x}); err != nil {
				return err
			}
		}
		return out.Flush()
	}
	if len(all) == 0 {
		fmt.Fprintln(s.err, "No forecast has been settled yet: chancery forecasts --resolve ID yes|no|partly --why …")
		return nil
	}
	t := &sheet{columns: []column{{name: "holder", loose: true}, {name: "settled", right: true}, {name: "came true", right: true}, {name: "Brier", right: true}, {name: "base rate's", right: true}, {name: ""}}}
	for _, x := range all {
		note := words("")
		if !x.Enough {
			note = styled("too few to judge", dim)
		}
		t.add(nil, styled(x.Holder, bold), words(itoa(x.Forecasts)), words(percent(x.Came)), words(fmt.Sprintf("%.3f", x.Brier)), words(fmt.Sprintf("%.3f", x.Reference)), note)
	}
	if err := t.write(out, s.terminal); err != nil {
		return err
	}
	if err := s.calibrated(out, judged); err != nil {
		return err
	}
	return out.Flush()
}

// calibrated prints how often what sounded how sure came true.
func (s *session) calibrated(w io.Writer, judged []calibration.Judged) error {
	fmt.Fprintln(w, "\n"+s.terminal.String(styled("How often it came true", bold)))
	t := &sheet{columns: []column{{name: "sounded", right: true}, {name: "settled", right: true}, {name: "on average", right: true}, {name: "came true", right: true}, {name: ""}}}
	for _, b := range calibration.Table(judged) {
		t.add(nil, words(percent(b.From)+" to "+percent(b.To)), words(itoa(b.Forecasts)), words(percent(b.Strength)), words(percent(b.Came)), styled(strings.Repeat("█", int(b.Came*20+0.5)), green))
	}
	return t.write(w, s.terminal)
}
