package httpapi

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"chancery"
	"chancery/docs"
	"chancery/internal/measure"
	"chancery/model/draft"
	"chancery/model/table"
	"chancery/model/whatif"
	"chancery/relation"
	"chancery/relation/bloc"
	"chancery/store/sqlite"

	"github.com/danielgtaylor/huma/v2"
)

// mostWorkers is how many processors a request's draws take: others who ask for
// something are not to wait for all of a large machine.
const mostWorkers = 2

type blocsInput struct {
	Among []string `query:"among" maxItems:"60" doc:"only these states or bodies; left out, all"`
	Since string   `query:"since" doc:"2025, 2025-06 or 2025-06-18"`
	Until string   `query:"until" doc:"2025, 2025-06 or 2025-06-18"`
	Least int      `query:"least" minimum:"1" maximum:"1000" default:"2" doc:"happenings that make a tie"`
	Draws int      `query:"draws" minimum:"0" maximum:"500" default:"50" doc:"bootstrap draws"`
	Seed  uint64   `query:"seed" default:"1"`
}

func (a *api) blocs(ctx context.Context, in *blocsInput) (*bloc.Blocs, error) {
	q := relation.Query{A: in.Among}
	var err error
	if q.Since, err = chancery.ParseDate(in.Since); err != nil {
		return nil, err
	}
	if q.Until, err = chancery.ParseDate(in.Until); err != nil {
		return nil, err
	}
	return measure.Blocs(ctx, a.Store, q, bloc.Options{MinHappenings: in.Least, Draws: in.Draws, Seed: in.Seed, Workers: mostWorkers})
}

// mostActors and mostIssues bound a table that the server will run, mostDraws
// its draws: a larger one is for the command line.
const (
	mostActors = 24
	mostIssues = 24
	mostDraws  = 500
)

type modelInput struct {
	Body struct {
		Name   string `json:"name" enum:"table.yaml,table.csv,table.json" doc:"says how to read the table"`
		Table  string `json:"table" minLength:"1" maxLength:"1000000"`
		Patch  string `json:"patch,omitempty" maxLength:"100000" doc:"YAML; see docs/models.md"`
		Draws  int    `json:"draws,omitempty" minimum:"0" maximum:"500"`
		Seed   uint64 `json:"seed,omitempty"`
		Levers bool   `json:"levers,omitempty" doc:"search the smallest single changes"`
	}
}

func (a *api) runModel(ctx context.Context, in *modelInput) (*whatif.Report, error) {
	t, err := table.Read(strings.NewReader(in.Body.Table), in.Body.Name)
	if err != nil {
		return nil, tableProblem(err)
	}
	if len(t.Actors) > mostActors || len(t.Issues) > mostIssues || in.Body.Draws > mostDraws {
		return nil, huma.Error422UnprocessableEntity("the table is larger than the server runs (24 actors, 24 issues): run it with chancery model run")
	}
	var patch *table.Patch
	if in.Body.Patch != "" {
		if patch, err = table.ReadPatch(strings.NewReader(in.Body.Patch), "patch.yaml"); err != nil {
			return nil, tableProblem(err)
		}
	}
	opts := whatif.RunOptions{Options: whatif.Defaults(), Draws: in.Body.Draws, Levers: in.Body.Levers}
	if in.Body.Seed != 0 {
		opts.Seed = in.Body.Seed
	}
	select {
	case a.model <- struct{}{}:
		defer func() { <-a.model }()
	default:
		return nil, huma.Error429TooManyRequests("another model is running; try again in a moment")
	}
	r, err := whatif.Run(ctx, t, patch, opts)
	return r, tableProblem(err)
}

// tableProblem gives each thing wrong with a table as an error of its own.
func tableProblem(err error) error {
	var bad *table.Error
	if !errors.As(err, &bad) {
		return err
	}
	details := make([]error, 0, len(bad.Problems))
	for _, p := range bad.Problems {
		details = append(details, errors.New(p.String()))
	}
	return huma.Error422UnprocessableEntity("the models were not run: the table or the change has to be set right first", details...)
}

// TableText is a table as a person writes it and as the models read it.
type TableText struct {
	Name  string       `json:"name"`
	Text  string       `json:"text"`
	Table *table.Table `json:"table"`
	Patch string       `json:"patch,omitempty" doc:"a change to try, in YAML"`
}

// exampleTable gives the worked example of the documentation.
func (a *api) exampleTable(context.Context, *struct{}) (*TableText, error) {
	t, err := table.Read(strings.NewReader(docs.WorkedExample), "table.yaml")
	if err != nil {
		return nil, err
	}
	return &TableText{Name: "table.yaml", Text: docs.WorkedExample, Table: t, Patch: docs.WorkedExampleOffer}, nil
}

type draftInput struct {
	Issues         string   `query:"issues" required:"true" minLength:"1" maxLength:"500" doc:"names with the kinds of good or contexts that bear on them: arms,bases=basing+port"`
	Actors         []string `query:"actors" maxItems:"24" doc:"codes, in the order of the table; left out, the busiest"`
	Most           int      `query:"most" minimum:"1" maximum:"24" default:"8" doc:"actors when none are named"`
	Least          int      `query:"least" minimum:"1" maximum:"1000" default:"3" doc:"events a number takes at least"`
	Since          string   `query:"since" doc:"2025, 2025-06 or 2025-06-18"`
	Until          string   `query:"until" doc:"2025, 2025-06 or 2025-06-18"`
	MinProbability float64  `query:"min_probability" minimum:"0" maximum:"1"`
}

// DraftTable is a table proposed from the record, to be edited.
type DraftTable struct {
	TableText
	Events  int `json:"events" doc:"that it was counted from"`
	Unknown int `json:"unknown" doc:"numbers, marked ?, that a person has to give before the models take the table"`
}

// draftTable proposes a table from the record, as "chancery model table" does.
func (a *api) draftTable(ctx context.Context, in *draftInput) (*DraftTable, error) {
	issues, err := draft.ParseIssues(in.Issues)
	if err != nil {
		return nil, err
	}
	since, until, err := window(in.Since, in.Until)
	if err != nil {
		return nil, err
	}
	for _, code := range in.Actors {
		if plain(code) != code || code == "" {
			return nil, fmt.Errorf("%w: actor %q (want a code, as USA)", chancery.ErrInvalid, code)
		}
	}
	d, err := measure.Draft(ctx, a.Store, sqlite.DyadFilter{Since: since, Until: until, MinProbability: in.MinProbability, Actors: in.Actors},
		draft.Options{Actors: in.Actors, Most: in.Most, Issues: issues, Least: in.Least})
	if err != nil {
		return nil, err
	}
	if len(d.Table.Actors) == 0 {
		return nil, fmt.Errorf("%w: the record has no events between two actors here, so there is nothing to propose", chancery.ErrInvalid)
	}
	var text strings.Builder
	if err := d.Table.WriteYAML(&text, draft.Head, d.Notes); err != nil {
		return nil, err
	}
	return &DraftTable{TableText: TableText{Name: "table.yaml", Text: text.String(), Table: d.Table}, Events: d.Acts, Unknown: d.Unknown}, nil
}

type tableInput struct {
	Body struct {
		Name string `json:"name" enum:"table.yaml,table.csv,table.json" doc:"says how to read the table"`
		Text string `json:"text" minLength:"1" maxLength:"1000000"`
	}
}

// parseTable checks a table without running anything on it.
func (a *api) parseTable(_ context.Context, in *tableInput) (*TableText, error) {
	t, err := table.Read(strings.NewReader(in.Body.Text), in.Body.Name)
	if err != nil {
		return nil, tableProblem(err)
	}
	return &TableText{Name: in.Body.Name, Text: in.Body.Text, Table: t}, nil
}
