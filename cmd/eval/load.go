package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"math"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"chancery"
	"chancery/docs"
	"chancery/extract"
	"chancery/internal/cli"
	"chancery/internal/httpapi"
	"chancery/store/scale"
	"chancery/store/sqlite"

	"golang.org/x/sys/unix"
)

// evalLoad asks every operation of the API, over loopback and at a steady rate,
// of a server that holds a large record, and prints how long the answers took. A
// request counts from when it was due, so that a slow answer is not hidden by
// those that wait behind it.
func evalLoad(args []string) error {
	fs := flag.NewFlagSet("load", flag.ContinueOnError)
	db := fs.String("db", "", "file of the record; made, with -articles made-up articles, when it is missing")
	articles := fs.Int("articles", 10000, "articles of a record that is made, 30 events each")
	rate := fs.Int("rate", 50, "requests a second")
	seconds := fs.Int("seconds", 60, "how long to ask")
	warm := fs.Int("warm", 30, "seconds to ask a fifth as often before counting: the server reads what it keeps in memory after it has started")
	only := fs.String("only", "", "only the operations named, as events,ledger")
	profiled := fs.String("profile", "", "file for a profile of the processor's time")
	seed := fs.Uint64("seed", 1, "of the requests")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if *db == "" || fs.NArg() > 0 || *rate < 1 || *seconds < 1 {
		return errors.New("load: want -db FILE, and a -rate and -seconds of 1 or more")
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	// Too late once sampled has opened the file: the server in this process does no more.
	if err := sqlite.ReserveCache(sqlite.MostCache); err != nil {
		return err
	}
	known, err := sampled(ctx, *db, *articles)
	if err != nil {
		return err
	}
	calls, err := operations(known)
	if err != nil {
		return err
	}
	if *only != "" {
		wanted := strings.Split(*only, ",")
		calls = slices.DeleteFunc(calls, func(o call) bool { return !slices.Contains(wanted, o.id) })
	}
	address, ended, err := serving(ctx, *db)
	if err != nil {
		return err
	}
	if *warm > 0 {
		ask(address, calls, max(1, *rate/5), *warm, *seed+1)
	}
	stopProfile, err := profile(*profiled)
	if err != nil {
		return err
	}
	tally := ask(address, calls, *rate, *seconds, *seed)
	if err := stopProfile(); err != nil {
		return err
	}
	stop()
	if code := <-ended; code != 0 && code != 130 {
		return fmt.Errorf("the server ended with code %d", code)
	}
	tally.print(os.Stdout)
	return nil
}

// known is what a record holds that requests can ask for.
type known struct {
	stored                                           int // articles
	articles, events, forecasts, happenings, records []string
	pairs                                            [][2]string
}

// sampled opens a record, making it when it is missing, and looks at what it holds.
func sampled(ctx context.Context, db string, articles int) (*known, error) {
	store, err := sqlite.Open(ctx, db, sqlite.Options{Create: true})
	if err != nil {
		return nil, err
	}
	k, err := look(ctx, store, articles)
	return k, errors.Join(err, store.Close())
}

func look(ctx context.Context, store *sqlite.Store, articles int) (*known, error) {
	have, err := store.Count(ctx, "", sqlite.Filter{})
	if err != nil {
		return nil, err
	}
	const group = 100
	began := time.Now()
	for have < articles {
		var entries []sqlite.Entry
		for i := have; i < min(have+group, articles); i++ {
			a, r := scale.Article(i)
			entries = append(entries, sqlite.Entry{Article: a, Reading: r, Fingerprint: extract.Fingerprint(a.Text)})
		}
		if _, err := store.PutAll(ctx, entries); err != nil {
			return nil, err
		}
		if have += len(entries); have == articles {
			fmt.Fprintf(os.Stderr, "made %d articles in %.0f s\n", articles, time.Since(began).Seconds())
		}
	}
	if _, err := store.MarkReprints(ctx, sqlite.Repeats{Overlap: extract.Overlap, Share: extract.ReprintShare}); err != nil {
		return nil, err
	}
	began = time.Now()
	if err := store.Collate(ctx); err != nil {
		return nil, err
	}
	fmt.Fprintf(os.Stderr, "collated in %.1f s\n", time.Since(began).Seconds())
	k := &known{stored: articles}
	// Every hundredth article or so, from all over the record.
	for i := 0; i < articles; i += max(1, articles/100) {
		a, r := scale.Article(i)
		k.articles = append(k.articles, a.ID)
		k.events = append(k.events, r.Events[i%scale.Events].ID)
		if len(r.Forecasts) > 0 {
			k.forecasts = append(k.forecasts, r.Forecasts[0].ID)
		}
		k.records = append(k.records, r.Quotes[0].ID, r.Figures[0].ID)
	}
	k.records = append(k.records, k.events...)
	happenings, err := store.Happenings(ctx, sqlite.HappeningFilter{MinVoices: 2, Limit: 100})
	if err != nil {
		return nil, err
	}
	for _, h := range happenings {
		k.happenings = append(k.happenings, h.ID)
	}
	dyads, err := store.Dyads(ctx, sqlite.DyadFilter{}, 400)
	if err != nil {
		return nil, err
	}
	for _, d := range dyads {
		if d.Actor != d.Recipient {
			k.pairs = append(k.pairs, [2]string{d.Actor, d.Recipient})
		}
	}
	if len(k.happenings) == 0 || len(k.pairs) == 0 {
		return nil, errors.New("load: the record holds too little to ask for")
	}
	return k, nil
}

// serving starts the program's own server on a free port and gives its address.
func serving(ctx context.Context, db string) (string, <-chan int, error) {
	out, in := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		code := cli.Run(ctx, []string{"serve", "--db", db, "--address", "127.0.0.1:0", "--quiet"}, strings.NewReader(""), in, os.Stderr)
		in.Close()
		ended <- code
	}()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return "", nil, fmt.Errorf("the server did not start: %w", err)
	}
	go io.Copy(io.Discard, out) // what else it says
	_, address, _ := strings.Cut(line, "http://")
	address, _, _ = strings.Cut(address, " ")
	return "http://" + address, ended, nil
}

// call is an operation with how it is asked.
type call struct {
	id, method string
	share      float64 // of an operation that only reads, which is 1
	make       func(*rand.Rand) (target, body string)
}

// elsewhere is the operation that is not asked: it waits for other machines.
const elsewhere = "fetch-articles"

// operations gives how each operation of the API's document is asked. One that
// the document has and this list has not is an error.
func operations(k *known) ([]call, error) {
	doc, err := httpapi.OpenAPI("load")
	if err != nil {
		return nil, err
	}
	var api struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
		}
	}
	if err := json.Unmarshal(doc, &api); err != nil {
		return nil, err
	}
	how := recipes(k)
	var out []call
	for path, methods := range api.Paths {
		for method, o := range methods {
			if o.OperationID == elsewhere {
				continue
			}
			c, ok := how[o.OperationID]
			if !ok {
				return nil, fmt.Errorf("load: no request is known for operation %s (%s %s)", o.OperationID, method, path)
			}
			c.id, c.method = o.OperationID, strings.ToUpper(method)
			c.share = cmp.Or(c.share, 1)
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b call) int { return strings.Compare(a.id, b.id) })
	return out, nil
}

// The shares of operations that write or reckon for long, as against those that
// read: of 50 requests a second a person corrects something every second and a half,
// an article comes every ten seconds, a forecast is settled every six.
const (
	correcting = 0.4
	coming     = 0.06
	settling   = 0.1
	reckoning  = 0.1
)

func recipes(k *known) map[string]call {
	of := func(all []string) func(*rand.Rand) string {
		return func(r *rand.Rand) string { return all[r.IntN(len(all))] }
	}
	article, forecast, happening, record := of(k.articles), of(k.forecasts), of(k.happenings), of(k.records)
	// The busiest pairs are asked for most.
	pair := func(r *rand.Rand) [2]string { return k.pairs[min(int(r.ExpFloat64()*20), len(k.pairs)-1)] }
	year := func(r *rand.Rand) string { return fmt.Sprint(2015 + r.IntN(10)) }
	source := func(r *rand.Rand) string { return fmt.Sprint("Source ", r.IntN(scale.Sources)) }
	query := func(path string, kv ...string) string {
		q := url.Values{}
		for i := 0; i+1 < len(kv); i += 2 {
			q.Set(kv[i], kv[i+1])
		}
		return path + "?" + q.Encode()
	}
	// one of several ways to ask, each as often
	ways := func(all ...func(*rand.Rand) string) call {
		return call{make: func(r *rand.Rand) (string, string) { return all[r.IntN(len(all))](r), "" }}
	}
	fixed := func(target string) func(*rand.Rand) string { return func(*rand.Rand) string { return target } }
	body := func(v any) string {
		b, err := json.Marshal(v)
		if err != nil {
			panic(err) // plain data
		}
		return string(b)
	}
	between := func(r *rand.Rand) string { p := pair(r); return p[0] + "," + p[1] }
	both := func(path string, more ...string) func(*rand.Rand) string {
		return func(r *rand.Rand) string {
			p := pair(r)
			return query(path, append([]string{"a", p[0], "b", p[1]}, more...)...)
		}
	}
	return map[string]call{
		"summary":   ways(fixed("/summary")),
		"attention": ways(fixed("/attention")),
		"articles":  ways(fixed("/articles"), fixed("/articles?order=newest"), func(r *rand.Rand) string { return query("/articles", "source", source(r), "since", year(r)) }),
		"article":   ways(func(r *rand.Rand) string { return "/articles/" + article(r) }),
		"events": ways(fixed("/events"), func(r *rand.Rand) string {
			return query("/events", "between", between(r), "order", "newest", "limit", "60")
		},
			func(r *rand.Rand) string {
				return query("/events", "actor", pair(r)[0], "type", "ACCUSE", "since", year(r))
			},
			func(r *rand.Rand) string { return query("/events", "source", source(r), "has_good", "true") }),
		"quotes":    ways(fixed("/quotes"), func(r *rand.Rand) string { return query("/quotes", "speaker", pair(r)[0]) }),
		"figures":   ways(fixed("/figures?unit=USD"), func(r *rand.Rand) string { return query("/figures", "article", article(r)) }),
		"forecasts": ways(fixed("/forecasts?outlook=due&order=newest"), func(r *rand.Rand) string { return query("/forecasts", "holder", pair(r)[0], "min_strength", "0.7") }),
		"exchanges": ways(fixed("/exchanges?order=newest"), func(r *rand.Rand) string { return query("/exchanges", "between", between(r)) }),
		"actors":    ways(fixed("/actors"), func(r *rand.Rand) string { return query("/actors", "party", pair(r)[0]) }),
		"dyads": ways(fixed("/dyads"), func(r *rand.Rand) string { return query("/dyads", "actor", pair(r)[0]) },
			func(r *rand.Rand) string { return query("/dyads", "since", year(r)) }, func(r *rand.Rand) string { return query("/dyads", "without", source(r)) }),
		"happenings": ways(fixed("/happenings"), func(r *rand.Rand) string { return query("/happenings", "between", between(r)) }, func(r *rand.Rand) string { return query("/happenings", "since", year(r)) }),
		"happening":  ways(func(r *rand.Rand) string { return "/happenings/" + happening(r) }),
		"findings": ways(fixed("/findings"), fixed("/findings?order=surest"), func(r *rand.Rand) string { return query("/findings", "between", between(r)) },
			func(r *rand.Rand) string { return query("/findings", "article", article(r)) }),
		"sources": ways(fixed("/sources"), func(r *rand.Rand) string { return query("/sources", "whole", "true", "name", source(r)) }),
		"tone":    ways(func(r *rand.Rand) string { return query("/sources/tone", "source", source(r), "actor", pair(r)[0]) }),
		"ledger":  ways(both("/ledger"), both("/ledger", "since", "2020")),
		"relation": ways(both("/relation"), both("/relation", "by", "year"),
			func(r *rand.Rand) string { return query("/relation", "a", pair(r)[0], "by", "year") }),
		"report":        ways(both("/report"), both("/report", "format", "md", "since", "2020")),
		"series":        ways(func(r *rand.Rand) string { p := pair(r); return query("/series", "actor", p[0], "recipient", p[1]) }, fixed("/series?by=year")),
		"blocs":         ways(fixed("/blocs?draws=0"), func(r *rand.Rand) string { return query("/blocs", "since", year(r), "until", year(r)) }),
		"record":        ways(func(r *rand.Rand) string { return "/records/" + record(r) }),
		"search":        ways(func(r *rand.Rand) string { return query("/search", "q", fmt.Sprintf("acts \"case%d\"", r.IntN(50000))) }, func(r *rand.Rand) string { return query("/search", "q", "reports "+pair(r)[0], "source", source(r)) }),
		"corrections":   ways(fixed("/corrections"), func(r *rand.Rand) string { return query("/corrections", "article", article(r)) }),
		"calibration":   ways(fixed("/calibration")),
		"example-table": ways(fixed("/models/example")),
		"draft-table": ways(func(r *rand.Rand) string {
			p := pair(r)
			return query("/models/draft", "issues", "arms,bases=basing+port", "actors", p[0]+","+p[1])
		}),
		"parse-table": {make: func(*rand.Rand) (string, string) {
			return "/models/table", body(map[string]string{"name": "table.yaml", "text": docs.WorkedExample})
		}},
		"run-model": {share: reckoning, make: func(*rand.Rand) (string, string) {
			return "/models/run", body(map[string]string{"name": "table.yaml", "table": docs.WorkedExample})
		}},
		"read-article": {share: coming, make: func(r *rand.Rand) (string, string) {
			return "/articles?name=load.txt", fmt.Sprintf("Talks number %d\n\nThe United States offered Pakistan %d fighter jets on Monday. In return it asked for access to ports, officials said.\n", r.Uint64(), 2+r.IntN(90))
		}},
		"correct": {share: correcting, make: func(r *rand.Rand) (string, string) {
			_, reading := scale.Article(r.IntN(k.stored))
			e := &reading.Events[r.IntN(len(reading.Events))]
			said := map[string]any{"record": e.ID, "who": "load"}
			switch r.IntN(3) {
			case 0:
				said["verdict"] = chancery.Confirmed
			case 1:
				said["verdict"] = chancery.Rejected
			case 2:
				amended := *e
				for amended.Status == e.Status {
					amended.Status = chancery.Statuses()[r.IntN(len(chancery.Statuses()))]
				}
				said["verdict"], said["amendment"] = chancery.Amended, amended
			}
			return "/corrections", body(said)
		}},
		"settle": {share: settling, make: func(r *rand.Rand) (string, string) {
			return "/settlements", body(map[string]string{"forecast": forecast(r), "outcome": string(chancery.CamePart), "why": "load", "who": "load"})
		}},
	}
}

// tally is how long the answers of each operation took.
type tally struct {
	lock     sync.Mutex
	took     map[string][]time.Duration
	failed   map[string]map[int]int // by status; 0 is no answer
	rate     int
	cpu      time.Duration // of the whole process, the asking side too
	others   time.Duration // of all other processes
	wall     time.Duration
	requests int
}

// ask sends requests at a steady rate and waits for the answers.
func ask(address string, calls []call, rate, seconds int, seed uint64) *tally {
	t := &tally{took: map[string][]time.Duration{}, failed: map[string]map[int]int{}, rate: rate}
	client := &http.Client{Timeout: time.Minute, Transport: &http.Transport{MaxIdleConnsPerHost: 4 * rate}}
	rng := rand.New(rand.NewPCG(seed, 0))
	total := 0.
	for _, c := range calls {
		total += c.share
	}
	pick := func() call {
		at := rng.Float64() * total
		for _, c := range calls {
			if at -= c.share; at < 0 {
				return c
			}
		}
		return calls[len(calls)-1]
	}
	before, busy := cpuTime(), busyTime()
	begin := time.Now()
	var open sync.WaitGroup
	for i := range rate * seconds {
		due := begin.Add(time.Duration(i) * time.Second / time.Duration(rate))
		time.Sleep(time.Until(due))
		c := pick()
		target, body := c.make(rng)
		open.Go(func() {
			status := send(client, c.method, address+"/api/v1"+target, body)
			t.add(c.id, time.Since(due), status)
		})
	}
	open.Wait()
	t.requests, t.cpu, t.wall = rate*seconds, cpuTime()-before, time.Since(begin)
	t.others = max(0, busyTime()-busy-t.cpu)
	return t
}

// send asks once, reads the whole answer and gives its status, 0 for none.
func send(client *http.Client, method, target, body string) int {
	r, err := http.NewRequest(method, target, strings.NewReader(body))
	if err != nil {
		return 0
	}
	r.Header.Set("Content-Type", "application/json")
	if strings.HasSuffix(target, ".txt") {
		r.Header.Set("Content-Type", "application/octet-stream")
	}
	answer, err := client.Do(r)
	if err != nil {
		return 0
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return 0
	}
	return answer.StatusCode
}

func (t *tally) add(id string, took time.Duration, status int) {
	t.lock.Lock()
	defer t.lock.Unlock()
	t.took[id] = append(t.took[id], took)
	if status != http.StatusOK {
		if t.failed[id] == nil {
			t.failed[id] = map[int]int{}
		}
		t.failed[id][status]++
	}
}

// quantile is the smallest of the sorted values that a share of all do not exceed.
func quantile(sorted []time.Duration, share float64) time.Duration {
	return sorted[max(0, int(math.Ceil(share*float64(len(sorted))))-1)]
}

func (t *tally) print(w io.Writer) {
	fmt.Fprintf(w, "%-14s %6s %8s %8s %8s %8s  %s\n", "operation", "asked", "p50 ms", "p95 ms", "p99 ms", "max ms", "not 200")
	row := func(name string, all []time.Duration, failed map[int]int) {
		slices.Sort(all)
		ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
		var not []string
		for _, status := range slices.Sorted(maps.Keys(failed)) {
			not = append(not, fmt.Sprintf("%d of status %d", failed[status], status))
		}
		fmt.Fprintf(w, "%-14s %6d %8.1f %8.1f %8.1f %8.1f  %s\n", name, len(all), ms(quantile(all, .5)), ms(quantile(all, .95)), ms(quantile(all, .99)), ms(all[len(all)-1]), strings.Join(not, ", "))
	}
	var all []time.Duration
	for _, id := range sorted(t.took) {
		row(id, t.took[id], t.failed[id])
		all = append(all, t.took[id]...)
	}
	if len(all) > 0 {
		row("all", all, nil)
	}
	fmt.Fprintf(w, "%d requests at %d a second; processor time %.1f ms a request, asking included: %.2f of %d processors; other programs took %.2f\n",
		t.requests, t.rate, float64(t.cpu.Microseconds())/1000/float64(t.requests), t.cpu.Seconds()/t.wall.Seconds(), runtime.NumCPU(), t.others.Seconds()/t.wall.Seconds())
}

// cpuTime is what this process has used of the processors.
func cpuTime() time.Duration {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// busyTime is how long the machine's processors have been busy, all together; 0
// where it does not say so.
func busyTime() time.Duration {
	stat, err := os.ReadFile("/proc/stat")
	if err != nil {
		return 0
	}
	line, _, _ := strings.Cut(string(stat), "\n")
	const tick = time.Second / 100 // USER_HZ is 100 on every platform
	var busy time.Duration
	for i, field := range strings.Fields(line) {
		// cpu, user, nice, system, idle, iowait, irq, softirq, steal; guests are in user
		if n, err := strconv.ParseInt(field, 10, 64); err == nil && i <= 7 && i != 4 && i != 5 {
			busy += time.Duration(n) * tick
		}
	}
	return busy
}
