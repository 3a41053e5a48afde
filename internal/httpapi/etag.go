package httpapi

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
)

// etagLimit is the largest answer that is held back to hash it, in bytes.
const etagLimit = 8 << 20

// held keeps an answer until its hash is known. An answer over etagLimit is
// passed on as it comes, without a tag.
type held struct {
	http.ResponseWriter
	body   bytes.Buffer
	status int
	passed bool
}

func (h *held) WriteHeader(status int) {
	if h.status == 0 {
		h.status = status
	}
}

func (h *held) Write(b []byte) (int, error) {
	if h.status == 0 {
		h.status = http.StatusOK
	}
	if !h.passed && h.body.Len()+len(b) > etagLimit {
		h.passed = true
		h.ResponseWriter.WriteHeader(h.status)
		if _, err := h.ResponseWriter.Write(h.body.Bytes()); err != nil {
			return 0, err
		}
		h.body = bytes.Buffer{}
	}
	if h.passed {
		return h.ResponseWriter.Write(b)
	}
	return h.body.Write(b)
}

// etag gives every successful GET of the API a strong tag of its bytes and
// answers 304 when the client has them already.
func etag(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead || !strings.HasPrefix(r.URL.Path, "/api/") {
			next.ServeHTTP(w, r)
			return
		}
		h := &held{ResponseWriter: w}
		next.ServeHTTP(h, r)
		if h.passed {
			return
		}
		if h.status == 0 {
			h.status = http.StatusOK
		}
		if h.status == http.StatusOK {
			sum := sha256.Sum256(h.body.Bytes())
			tag := `"` + hex.EncodeToString(sum[:12]) + `"`
			w.Header().Set("ETag", tag)
			if w.Header().Get("Cache-Control") == "" {
				w.Header().Set("Cache-Control", "no-cache") // keep it, but ask whether it still holds
			}
			if matches(r.Header.Get("If-None-Match"), tag) {
				w.Header().Del("Content-Type")
				w.WriteHeader(http.StatusNotModified)
				return
			}
		}
		w.WriteHeader(h.status)
		_, _ = w.Write(h.body.Bytes()) // the client may be gone
	})
}

// matches reports whether an If-None-Match header names the tag. Compression
// by a layer above may have marked the tag weak or added a suffix to it.
func matches(header, tag string) bool {
	for t := range strings.SplitSeq(header, ",") {
		t = strings.TrimPrefix(strings.TrimSpace(t), "W/")
		if t == tag || t == "*" {
			return true
		}
	}
	return false
}
