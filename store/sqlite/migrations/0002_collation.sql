-- What collating the whole record gave. All of it is made anew, in one
-- transaction, each time the record was added to; ids do not change unless
-- what they name does.

CREATE TABLE happening (
  n       INTEGER PRIMARY KEY,
  id      TEXT NOT NULL UNIQUE,
  first   TEXT NOT NULL,     -- first day the best-supported date may mean, "" when not given
  last    TEXT NOT NULL,
  voices  INTEGER NOT NULL,  -- independent articles that tell it
  dyads   TEXT NOT NULL,     -- " IND|PAK USA|PAK ", each between spaces
  body    TEXT NOT NULL      -- JSON
) STRICT;
CREATE INDEX happening_voices ON happening (voices DESC, first DESC, id);

CREATE TABLE finding (
  n      INTEGER PRIMARY KEY,  -- in the order of the findings
  id     TEXT NOT NULL UNIQUE,
  kind   TEXT NOT NULL,
  sure   REAL NOT NULL,
  body   TEXT NOT NULL         -- JSON
) STRICT;
CREATE INDEX finding_kind ON finding (kind, n);

CREATE TABLE finding_article (
  finding INTEGER NOT NULL REFERENCES finding (n) ON DELETE CASCADE,
  article TEXT NOT NULL REFERENCES article (id),
  PRIMARY KEY (article, finding)
) STRICT, WITHOUT ROWID;

CREATE TABLE profile (
  name TEXT PRIMARY KEY,  -- of the source
  body TEXT NOT NULL      -- JSON
) STRICT, WITHOUT ROWID;

-- What the record held when it was last collated; no row before the first time.
CREATE TABLE collated (
  n     INTEGER PRIMARY KEY CHECK (n = 1),
  state TEXT NOT NULL
) STRICT;
