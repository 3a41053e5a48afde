package chancery

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"strings"
)

// idLength is in base-32 characters: 80 bits, no clash to fear below 10^11 records.
const idLength = 16

var idEncoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

func digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:", len(p))
		h.Write([]byte(p))
	}
	return idEncoding.EncodeToString(h.Sum(nil))[:idLength]
}

// ArticleID follows from what the article says and who published it, so the
// same content read twice has the same id.
func ArticleID(a Article) string {
	return "a" + digest(strings.TrimSpace(a.Title), strings.TrimSpace(a.Source), strings.TrimSpace(a.Text))
}

// RecordID follows from the article, the kind of record ("event", "quote", ...),
// its evidence and its content, so readings that agree agree on ids and a
// correction finds its record again. content must marshal to JSON without maps.
func RecordID(article, kind string, evidence []Evidence, content any) string {
	e, err := json.Marshal(evidence)
	if err != nil {
		panic(err) // Evidence is plain data
	}
	c, err := json.Marshal(content)
	if err != nil {
		panic(fmt.Sprintf("record content %T: %v", content, err)) // a programmer's mistake
	}
	return kind[:1] + digest(article, kind, string(e), string(c))
}
