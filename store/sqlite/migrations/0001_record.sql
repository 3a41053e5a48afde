-- Every listing is in the order of key: the article's name, a tab, its id,
-- and for a record a tab, its place in the text and its own id. The order in
-- which things were stored never shows.
--
-- Days are ISO 8601 ("2025-06-18"), "" when not given; first and last bound
-- what a date may mean ("2025-06" is 2025-06-01 to 2025-06-30).

CREATE TABLE source (
  n    INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE article (
  n           INTEGER PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  key         TEXT NOT NULL UNIQUE,
  name        TEXT NOT NULL,
  source      INTEGER NOT NULL REFERENCES source (n),
  title       TEXT NOT NULL,
  byline      TEXT NOT NULL,
  url         TEXT NOT NULL,
  published   TEXT NOT NULL,                    -- as exact as printed
  first       TEXT NOT NULL,
  last        TEXT NOT NULL,
  language    TEXT NOT NULL,
  path        TEXT NOT NULL,
  reprint_of  TEXT NOT NULL,                    -- article id, "" for an original
  reading     INTEGER REFERENCES reading (n),   -- the current one
  cuts        TEXT NOT NULL,                    -- JSON
  fingerprint BLOB NOT NULL,                    -- 64-bit hashes, big-endian, sorted
  text        TEXT NOT NULL                     -- last: listings need not walk its pages
) STRICT;
CREATE INDEX article_name    ON article (name);
CREATE INDEX article_source  ON article (source, key);
CREATE INDEX article_first   ON article (first, key);
CREATE INDEX article_reprint ON article (reprint_of) WHERE reprint_of <> '';

CREATE VIRTUAL TABLE article_text USING fts5 (
  title, text, content = 'article', content_rowid = 'n',
  tokenize = 'porter unicode61 remove_diacritics 2'
);

-- Every reading ever made, whole. The tables below hold the records of each
-- article's current reading only.
CREATE TABLE reading (
  n       INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (n),
  version TEXT NOT NULL,
  body    BLOB NOT NULL,  -- JSON, compressed with Zstandard
  UNIQUE (article, version)
) STRICT;
CREATE TRIGGER reading_stays BEFORE DELETE ON reading
  BEGIN SELECT raise(ABORT, 'a reading is never erased'); END;
CREATE TRIGGER reading_keeps BEFORE UPDATE ON reading
  BEGIN SELECT raise(ABORT, 'a reading is never changed'); END;

CREATE TABLE record (
  n       INTEGER PRIMARY KEY,
  id      TEXT NOT NULL UNIQUE,
  kind    TEXT NOT NULL,
  article INTEGER NOT NULL REFERENCES article (n),
  body    TEXT NOT NULL  -- JSON
) STRICT;
CREATE INDEX record_article ON record (article, kind);

CREATE TABLE evidence (
  record INTEGER NOT NULL REFERENCES record (n) ON DELETE CASCADE,
  i      INTEGER NOT NULL,
  role   TEXT NOT NULL,
  start  INTEGER NOT NULL,  -- bytes in article.text
  stop   INTEGER NOT NULL,
  PRIMARY KEY (record, i)
) STRICT, WITHOUT ROWID;

-- Who stands in a record, and where. leads is 1 for the first of its state on
-- its side of a record, so that the index below names each record once.
CREATE TABLE party (
  record INTEGER NOT NULL REFERENCES record (n) ON DELETE CASCADE,
  i      INTEGER NOT NULL,
  side   TEXT NOT NULL,     -- actor, recipient, speaker, holder, subject, giver, receiver
  state  TEXT NOT NULL,     -- PAK for PAKMIL; the code itself for a body outside states
  code   TEXT NOT NULL,
  name   TEXT NOT NULL,
  key    TEXT NOT NULL,
  leads  INTEGER NOT NULL,
  PRIMARY KEY (record, i)
) STRICT, WITHOUT ROWID;
CREATE INDEX party_state ON party (state, side, key) WHERE leads = 1;
CREATE INDEX party_code  ON party (code, side);
CREATE INDEX party_name  ON party (name COLLATE NOCASE, side);

CREATE TABLE event (
  record      INTEGER PRIMARY KEY REFERENCES record (n) ON DELETE CASCADE,
  key         TEXT NOT NULL UNIQUE,
  source      INTEGER NOT NULL,
  type        TEXT NOT NULL,
  status      TEXT NOT NULL,
  first       TEXT NOT NULL,
  last        TEXT NOT NULL,
  probability REAL NOT NULL,
  good        TEXT NOT NULL,      -- kind, "" for none
  exchange    TEXT NOT NULL       -- exchange id, "" for none
) STRICT;
CREATE INDEX event_type     ON event (type, key);
CREATE INDEX event_status   ON event (status, key);
CREATE INDEX event_source   ON event (source, key);
CREATE INDEX event_first    ON event (first, key);
CREATE INDEX event_good     ON event (good, key) WHERE good <> '';
CREATE INDEX event_exchange ON event (exchange, key) WHERE exchange <> '';

-- One row for each pair of states an event joins, both ways when it is
-- reciprocal: all that a series of a relation needs, in its order.
CREATE TABLE dyad (
  actor       TEXT NOT NULL,     -- state
  recipient   TEXT NOT NULL,     -- state
  day         INTEGER NOT NULL,  -- first day, since 1970-01-01; -1000000 when not given
  record      INTEGER NOT NULL REFERENCES record (n) ON DELETE CASCADE,
  days        INTEGER NOT NULL,  -- how many days the date may mean
  quad        INTEGER NOT NULL,  -- quad class, 1 to 4
  intensity   REAL NOT NULL,     -- Goldstein scale
  probability REAL NOT NULL,
  type        TEXT NOT NULL,
  status      TEXT NOT NULL,
  good        TEXT NOT NULL,
  contexts    TEXT NOT NULL,     -- joined by spaces
  source      INTEGER NOT NULL,
  happening   INTEGER NOT NULL DEFAULT 0,  -- 0 until collated
  PRIMARY KEY (actor, recipient, day, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX dyad_record ON dyad (record);

CREATE TABLE exchange (
  record INTEGER PRIMARY KEY REFERENCES record (n) ON DELETE CASCADE,
  key    TEXT NOT NULL UNIQUE,
  source INTEGER NOT NULL,
  first  TEXT NOT NULL,
  last   TEXT NOT NULL
) STRICT;
CREATE INDEX exchange_source ON exchange (source, key);
CREATE INDEX exchange_first  ON exchange (first, key);

CREATE TABLE quote (
  record INTEGER PRIMARY KEY REFERENCES record (n) ON DELETE CASCADE,
  key    TEXT NOT NULL UNIQUE,
  source INTEGER NOT NULL,
  first  TEXT NOT NULL,
  last   TEXT NOT NULL
) STRICT;
CREATE INDEX quote_source ON quote (source, key);
CREATE INDEX quote_first  ON quote (first, key);

CREATE TABLE figure (
  record INTEGER PRIMARY KEY REFERENCES record (n) ON DELETE CASCADE,
  key    TEXT NOT NULL UNIQUE,
  source INTEGER NOT NULL,
  first  TEXT NOT NULL,
  last   TEXT NOT NULL,
  number REAL NOT NULL,
  unit   TEXT NOT NULL
) STRICT;
CREATE INDEX figure_source ON figure (source, key);
CREATE INDEX figure_first  ON figure (first, key);
CREATE INDEX figure_unit   ON figure (unit, key);

CREATE TABLE forecast (
  record   INTEGER PRIMARY KEY REFERENCES record (n) ON DELETE CASCADE,
  key      TEXT NOT NULL UNIQUE,
  source   INTEGER NOT NULL,
  first    TEXT NOT NULL,  -- of the horizon
  last     TEXT NOT NULL,
  strength REAL NOT NULL,
  advice   INTEGER NOT NULL
) STRICT;
CREATE INDEX forecast_source ON forecast (source, key);
CREATE INDEX forecast_first  ON forecast (first, key);

-- Who an article speaks of.
CREATE TABLE actor (
  article  INTEGER NOT NULL REFERENCES article (n),
  i        INTEGER NOT NULL,
  code     TEXT NOT NULL,
  state    TEXT NOT NULL,
  name     TEXT NOT NULL,
  role     TEXT NOT NULL,
  kind     TEXT NOT NULL,
  mentions INTEGER NOT NULL,
  PRIMARY KEY (article, i)
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_name ON actor (name, code);

-- What people said of the record. No foreign key to record: a correction
-- outlives the reading it was made on.
CREATE TABLE correction (
  n         INTEGER PRIMARY KEY AUTOINCREMENT,
  record    TEXT NOT NULL,
  article   TEXT NOT NULL REFERENCES article (id),
  kind      TEXT NOT NULL,
  verdict   TEXT NOT NULL,
  was       TEXT NOT NULL,
  amendment TEXT NOT NULL,
  withdraws INTEGER REFERENCES correction (n),
  who       TEXT NOT NULL,
  at        TEXT NOT NULL,  -- RFC 3339, UTC
  why       TEXT NOT NULL
) STRICT;
CREATE INDEX correction_record  ON correction (record);
CREATE INDEX correction_article ON correction (article);
CREATE TRIGGER correction_stays BEFORE DELETE ON correction
  BEGIN SELECT raise(ABORT, 'a correction is never erased'); END;
CREATE TRIGGER correction_keeps BEFORE UPDATE ON correction
  BEGIN SELECT raise(ABORT, 'a correction is never changed'); END;
