package httpapi

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// counted remembers the status and size of an answer.
type counted struct {
	http.ResponseWriter
	status int
	bytes  int
}

func (c *counted) WriteHeader(status int) {
	if c.status == 0 {
		c.status = status
	}
	c.ResponseWriter.WriteHeader(status)
}

func (c *counted) Write(b []byte) (int, error) {
	if c.status == 0 {
		c.status = http.StatusOK
	}
	n, err := c.ResponseWriter.Write(b)
	c.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (c *counted) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// observe logs every request as one structured line, measures it, and turns a
// panic of a handler into a 500 that tells nothing of the inside.
func observe(log *slog.Logger, seconds *prometheus.HistogramVec, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		c := &counted{ResponseWriter: w}
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				log.Error("handler panicked", "path", r.URL.Path, "panic", p)
				if c.status == 0 {
					problem(c, http.StatusInternalServerError, "the server met an error of its own; its log tells more")
				}
			}
			if c.status == 0 {
				c.status = http.StatusOK
			}
			took := time.Since(start)
			// The pattern, not the path: one series an operation, however many records.
			seconds.WithLabelValues(r.Pattern, statusClass(c.status)).Observe(took.Seconds())
			log.Info("request", "method", r.Method, "path", r.URL.Path, "status", c.status, "bytes", c.bytes, "ms", float64(took.Microseconds())/1000)
		}()
		next.ServeHTTP(c, r)
	})
}

func statusClass(status int) string {
	return string(rune('0'+status/100)) + "xx"
}
