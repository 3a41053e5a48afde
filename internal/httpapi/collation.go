package httpapi

import (
	"context"
	"fmt"
	"strconv"

	"chancery"
	"chancery/collate"
	"chancery/store/sqlite"
)

// offset reads a cursor of a listing that counts its rows.
func offset(cursor string) (int, error) {
	if cursor == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(cursor)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("%w: this cursor does not come from this listing", chancery.ErrInvalid)
	}
	return n, nil
}

// numbered makes a page of rows of which one more than limit was asked for.
func numbered[T any](rows []T, from, limit int) *Page[T] {
	p := &Page[T]{Items: rows}
	if len(rows) > limit {
		p.Items, p.Next = rows[:limit], strconv.Itoa(from+limit)
	}
	if p.Items == nil {
		p.Items = []T{}
	}
	return p
}

type happeningsInput struct {
	Between   []string `query:"between" maxItems:"2" doc:"two states: USA,PAK"`
	MinVoices int      `query:"min_voices" minimum:"0" default:"2" doc:"independent articles that tell it, at least"`
	Since     string   `query:"since" doc:"2025, 2025-06 or 2025-06-18"`
	Until     string   `query:"until" doc:"2025, 2025-06 or 2025-06-18"`
	Limit     int      `query:"limit" minimum:"1" maximum:"500" default:"50"`
	Cursor    string   `query:"cursor" doc:"next of the page before"`
}

func (a *api) happenings(ctx context.Context, in *happeningsInput) (*Page[collate.Described], error) {
	f := sqlite.HappeningFilter{MinVoices: in.MinVoices, Limit: in.Limit + 1}
	var err error
	if f.Offset, err = offset(in.Cursor); err != nil {
		return nil, err
	}
	if f.Between, err = pair(in.Between); err != nil {
		return nil, err
	}
	if f.Since, err = chancery.ParseDate(in.Since); err != nil {
		return nil, err
	}
	if f.Until, err = chancery.ParseDate(in.Until); err != nil {
		return nil, err
	}
	rows, err := a.Store.Happenings(ctx, f)
	return numbered(rows, f.Offset, in.Limit), err
}

// WholeHappening is a happening with every telling of it.
type WholeHappening struct {
	collate.Described
	Events []EventRow `json:"events" doc:"by article, then place"`
}

func (a *api) happening(ctx context.Context, in *idInput) (*WholeHappening, error) {
	h, err := a.Store.Happening(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	out := &WholeHappening{Described: h, Events: []EventRow{}}
	for _, id := range h.Reports {
		found, err := a.Store.Record(ctx, id)
		if err != nil {
			return nil, err
		}
		if found.Event != nil {
			out.Events = append(out.Events, eventRow(sqlite.Row[chancery.Event]{Article: found.Article, Record: *found.Event, Verdict: found.Verdict}))
		}
	}
	return out, nil
}

type findingsInput struct {
	Kind    string   `query:"kind" doc:"kind of finding"`
	Article string   `query:"article" doc:"article id"`
	Between []string `query:"between" maxItems:"2" doc:"two states that its passages tell of: USA,PAK"`
	Order   string   `query:"order" enum:"kind,surest" default:"kind" doc:"by kind, then by article and place; or the surest first"`
	MinSure float64  `query:"min_sure" minimum:"0" maximum:"1"`
	Limit   int      `query:"limit" minimum:"1" maximum:"500" default:"100"`
	Cursor  string   `query:"cursor" doc:"next of the page before"`
}

// FindingRow is a finding whose passages name their articles.
type FindingRow struct {
	ID       string              `json:"id"`
	Kind     collate.FindingKind `json:"kind"`
	Sure     float64             `json:"sure"`
	About    string              `json:"about"`
	Passages []FindingPassage    `json:"passages"`
}

// FindingPassage is one of the places a finding sets side by side.
type FindingPassage struct {
	collate.Passage
	In ArticleRef `json:"in"`
}

func (a *api) findings(ctx context.Context, in *findingsInput) (*Page[FindingRow], error) {
	from, err := offset(in.Cursor)
	if err != nil {
		return nil, err
	}
	between, err := pair(in.Between)
	if err != nil {
		return nil, err
	}
	rows, err := a.Store.Findings(ctx, sqlite.FindingFilter{Kind: collate.FindingKind(in.Kind), Article: in.Article, Between: between, MinSure: in.MinSure,
		Surest: in.Order == "surest", Limit: in.Limit + 1, Offset: from})
	if err != nil {
		return nil, err
	}
	out, err := a.findingRows(ctx, rows)
	if err != nil {
		return nil, err
	}
	return numbered(out, from, in.Limit), nil
}

// findingRows names the articles of findings' passages.
func (a *api) findingRows(ctx context.Context, rows []collate.Finding) ([]FindingRow, error) {
	var ids []string
	for _, f := range rows {
		for _, p := range f.Passages {
			ids = append(ids, p.Article)
		}
	}
	articles, err := a.Store.ArticlesOf(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]FindingRow, 0, len(rows))
	for _, f := range rows {
		row := FindingRow{ID: f.ID, Kind: f.Kind, Sure: f.Sure, About: f.About}
		for _, p := range f.Passages {
			row.Passages = append(row.Passages, FindingPassage{p, refer(articles[p.Article])})
		}
		out = append(out, row)
	}
	return out, nil
}

type sourcesInput struct {
	Whole bool   `query:"whole" doc:"only the one named, with what it leaves out and how it shows the actors"`
	Name  string `query:"name" doc:"of the source that is wanted whole; empty for articles without one"`
}

// Source is what a source does. How it shows the actors and what it leaves out is
// given for one that is asked for whole.
type Source struct {
	collate.Source
	LeftOutAll int `json:"left_out_all" doc:"how many happenings it leaves out, those beyond the list too"`
}

// mostLeftOut and mostTones are how much of a source is given.
const (
	mostLeftOut = 50
	mostTones   = 12
)

func (a *api) sources(ctx context.Context, in *sourcesInput) (*Page[Source], error) {
	var rows []collate.Source
	var err error
	if in.Whole {
		rows = make([]collate.Source, 1)
		rows[0], err = a.Store.Profile(ctx, in.Name, mostLeftOut)
	} else {
		rows, err = a.Store.ProfileCounts(ctx)
	}
	if err != nil {
		return nil, err
	}
	out := make([]Source, 0, len(rows))
	for _, r := range rows {
		p := Source{Source: r, LeftOutAll: r.Leaves}
		p.Tones = p.Tones[:min(len(p.Tones), mostTones)]
		out = append(out, p)
	}
	return numbered(out, 0, len(out)), nil
}

type toneInput struct {
	Source string `query:"source" doc:"name of the source; empty for articles without one"`
	Actor  string `query:"actor" required:"true" doc:"state or body: USA"`
}

func (a *api) tone(ctx context.Context, in *toneInput) (*collate.ActorTone, error) {
	t, err := a.Store.Tone(ctx, in.Source, in.Actor)
	if err != nil {
		return nil, err
	}
	return &t, nil
}
