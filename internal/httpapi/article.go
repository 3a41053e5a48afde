package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"chancery"
	"chancery/acquire"
	"chancery/store/sqlite"

	"github.com/danielgtaylor/huma/v2"
)

type articlesInput struct {
	Window
	Language string `query:"language" doc:"ISO 639-1"`
}

func (a *api) articles(ctx context.Context, in *articlesInput) (*Page[ArticleRow], error) {
	f, err := in.filter()
	if err != nil {
		return nil, err
	}
	f.Language = in.Language
	p, err := a.Store.Articles(ctx, f)
	return paged(p, articleRow), err
}

func articleRow(r sqlite.ArticleRow) ArticleRow {
	return ArticleRow{ArticleRef: refer(&r.Article), Byline: r.Byline, URL: r.URL, Language: r.Language, ReprintOf: r.ReprintOf, Bytes: r.Bytes,
		Coded: r.Version != "", Events: r.Events, Exchanges: r.Exchanges, Quotes: r.Quotes, Figures: r.Figures, Forecasts: r.Forecasts}
}

type idInput struct {
	ID string `path:"id"`
}

// WholeArticle is an article as the reader view shows it.
type WholeArticle struct {
	Article     chancery.Article  `json:"article"`
	Reading     *chancery.Reading `json:"reading,omitempty" doc:"as it was read; missing when the article was not coded"`
	Corrected   *chancery.Reading `json:"corrected,omitempty" doc:"as it stands by what people said of it: without rejected records, with amended ones as they should be; missing when it stands as it was read"`
	Corrections []CorrectionState `json:"corrections"`
}

func (a *api) article(ctx context.Context, in *idInput) (*WholeArticle, error) {
	article, err := a.Store.Article(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	w := &WholeArticle{Article: *article}
	w.Article.Path = "" // of the server's disk, nobody else's business
	reading, err := a.Store.Reading(ctx, article.ID)
	if err != nil && !errors.Is(err, chancery.ErrNotFound) {
		return nil, err
	}
	w.Reading = reading
	if w.Corrections, err = a.statesOf(ctx, sqlite.CorrectionFilter{Article: article.ID}); err != nil {
		return nil, err
	}
	if reading != nil && len(w.Corrections) > 0 {
		corrected, verdicts, err := a.Store.Corrected(ctx, article)
		if err != nil {
			return nil, err
		}
		if len(verdicts) > 0 {
			w.Corrected = corrected
		}
	}
	return w, nil
}

type readInput struct {
	Name    string `query:"name" maxLength:"255" doc:"the file's name with its ending, which says how to read it; pasted.txt when left out"`
	RawBody []byte `contentType:"application/octet-stream"`
}

// ReadAnswer says what became of an upload.
type ReadAnswer struct {
	Articles []Receipt `json:"articles"`
}

func (a *api) readArticle(ctx context.Context, in *readInput) (*ReadAnswer, error) {
	if a.Read == nil {
		return nil, huma.Error403Forbidden("this server takes no uploads")
	}
	name := in.Name
	if name == "" {
		name = "pasted.txt"
	}
	kind, ok := acquire.KindOf(name)
	if !ok {
		return nil, fmt.Errorf("%w: name %q ends in none of %s", chancery.ErrInvalid, name, strings.Join(acquire.Endings(), " "))
	}
	base := name[strings.LastIndexAny(name, `/\`)+1:]
	receipts, err := a.Read(ctx, acquire.Item{Path: base, Name: strings.TrimSuffix(base, base[strings.LastIndexByte(base, '.'):]), Kind: kind, Line: 1, Data: in.RawBody})
	if err != nil {
		return nil, err
	}
	return &ReadAnswer{receipts}, nil
}

// AnyRecord is one record of any kind, with what people said of it.
type AnyRecord struct {
	Kind sqlite.Kind `json:"kind" enum:"event,exchange,quote,figure,forecast"`
	Place
	Record      json.RawMessage   `json:"record" doc:"an Event, Exchange, Quote, Figure or Forecast, as it stands by what people said of it; a rejected one as it was read"`
	Corrections []CorrectionState `json:"corrections"`
}

func (a *api) record(ctx context.Context, in *idInput) (*AnyRecord, error) {
	found, err := a.Store.Record(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	var rests struct {
		Evidence []chancery.Evidence `json:"evidence"`
	}
	if err := json.Unmarshal(found.Body, &rests); err != nil {
		return nil, fmt.Errorf("record %s: %w", in.ID, err)
	}
	out := &AnyRecord{Kind: found.Kind, Place: place(found.Article, sentenceOf(rests.Evidence), found.Verdict), Record: found.Body}
	out.Corrections, err = a.statesOf(ctx, sqlite.CorrectionFilter{Record: in.ID})
	return out, err
}

type searchInput struct {
	Query  string `query:"q" required:"true" minLength:"1" maxLength:"500" doc:"words (all wanted), \"a phrase\", OR, NOT, tariff*, title:word"`
	Source string `query:"source" doc:"publisher, as printed"`
	Since  string `query:"since" doc:"of publication"`
	Until  string `query:"until" doc:"of publication"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"30"`
}

// HitRow is an article that a search found, with the passages that match.
type HitRow struct {
	In       ArticleRef `json:"in"`
	Score    float64    `json:"score"`
	Passages []Passage  `json:"passages"`
}

// Passage is a stretch of an article's text with the words found in it.
type Passage struct {
	Text  string               `json:"text"`
	Range chancery.ByteRange   `json:"range" doc:"where it stands, in bytes of the article's text"`
	Found []chancery.ByteRange `json:"found" doc:"in bytes of this passage"`
}

func (a *api) search(ctx context.Context, in *searchInput) (*Page[HitRow], error) {
	f, err := Window{Source: in.Source, Since: in.Since, Until: in.Until, Limit: in.Limit}.filter()
	if err != nil {
		return nil, err
	}
	hits, err := a.Store.Search(ctx, in.Query, f)
	if err != nil {
		return nil, err
	}
	out := &Page[HitRow]{Items: make([]HitRow, 0, len(hits))}
	for _, h := range hits {
		out.Items = append(out.Items, HitRow{In: refer(h.Article), Score: h.Score, Passages: passages(h.Article.Text, h.Matches)})
	}
	return out, nil
}

// mostPassages is how many passages of one article a hit shows.
const mostPassages = 3

// passages gives the paragraphs' stretches around the first matches, cut to
// about 240 bytes at spaces.
func passages(text string, found []chancery.ByteRange) []Passage {
	const around = 120
	out := []Passage{}
	end := -1
	for _, m := range found {
		if m.Start < end { // within the passage before
			p := &out[len(out)-1]
			if from := end - len(p.Text); m.End <= end {
				p.Found = append(p.Found, chancery.ByteRange{Start: m.Start - from, End: m.End - from})
			}
			continue
		}
		if len(out) == mostPassages {
			break
		}
		from := strings.LastIndexByte(text[:m.Start], '\n') + 1
		if m.Start-from > around {
			cut := m.Start - around
			if i := strings.IndexByte(text[cut:m.Start], ' '); i >= 0 {
				from = cut + i + 1
			}
		}
		to := len(text)
		if i := strings.IndexByte(text[m.End:], '\n'); i >= 0 {
			to = m.End + i
		}
		if to-m.End > around {
			if i := strings.LastIndexByte(text[m.End:m.End+around], ' '); i >= 0 {
				to = m.End + i
			}
		}
		from = max(from, end)
		out = append(out, Passage{Text: text[from:to], Range: chancery.ByteRange{Start: from, End: to}, Found: []chancery.ByteRange{{Start: m.Start - from, End: m.End - from}}})
		end = to
	}
	return out
}
