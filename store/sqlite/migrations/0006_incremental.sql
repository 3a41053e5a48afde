-- Collation in parts: what changes with an article is done again, the rest is
-- kept. It replaces the tables of 0002 and 0004, whose content is made anew.

DROP TABLE finding_article;
DROP TABLE finding_dyad;
DROP TABLE finding;
DROP TABLE happening;
DROP TABLE profile;
DROP TABLE collated;

-- Articles whose part in the collation is not up to date.
CREATE TABLE stale (
  article INTEGER PRIMARY KEY REFERENCES article (n)
) STRICT;
INSERT INTO stale SELECT n FROM article;
CREATE TRIGGER article_stale AFTER UPDATE OF key, name, source, published, reprint_of, reading, cuts ON article
  BEGIN INSERT INTO stale VALUES (new.n) ON CONFLICT DO NOTHING; END;
CREATE TRIGGER correction_stale AFTER INSERT ON correction
  BEGIN INSERT INTO stale SELECT n FROM article WHERE id = new.article ON CONFLICT DO NOTHING; END;

-- What collation needs of an article with a reading.
CREATE TABLE account (
  article INTEGER PRIMARY KEY REFERENCES article (n),
  source  TEXT NOT NULL,
  body    TEXT NOT NULL  -- JSON
) STRICT;
CREATE INDEX account_source ON account (source);

-- An event as it is compared with others.
CREATE TABLE report (
  n         INTEGER PRIMARY KEY,
  article   INTEGER NOT NULL REFERENCES article (n),
  event     TEXT NOT NULL,                -- record id
  happening INTEGER,                      -- NULL until joined
  body      TEXT NOT NULL                 -- JSON
) STRICT;
CREATE INDEX report_article   ON report (article);
CREATE INDEX report_happening ON report (happening);

-- Where reports meet: two parties and a year. joined is the least number of
-- those in the bucket that the report is joined with there.
CREATE TABLE bucket (
  key    TEXT NOT NULL,
  report INTEGER NOT NULL REFERENCES report (n) ON DELETE CASCADE,
  joined INTEGER,
  PRIMARY KEY (key, report)
) STRICT, WITHOUT ROWID;
CREATE INDEX bucket_report ON bucket (report, key);

-- What else may agree or disagree, and the keys under which it meets others.
CREATE TABLE clue (
  n       INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (n),
  body    TEXT NOT NULL  -- JSON
) STRICT;
CREATE INDEX clue_article ON clue (article);
CREATE TABLE clue_key (
  key  TEXT NOT NULL,
  says TEXT NOT NULL,
  clue INTEGER NOT NULL,
  PRIMARY KEY (key, says, clue)
) STRICT, WITHOUT ROWID;

-- What a bucket, a key, a happening or an article shows, before what is about one
-- thing is put together.
CREATE TABLE shown (
  n       INTEGER PRIMARY KEY,
  scope   TEXT NOT NULL,
  finding INTEGER,       -- NULL until put together
  body    TEXT NOT NULL  -- JSON
) STRICT;
CREATE INDEX shown_scope   ON shown (scope);
CREATE INDEX shown_finding ON shown (finding);
CREATE TABLE shown_spot (
  spot  INTEGER NOT NULL,
  shown INTEGER NOT NULL,
  PRIMARY KEY (spot, shown)
) STRICT, WITHOUT ROWID;

CREATE TABLE happening (
  n       INTEGER PRIMARY KEY,
  id      TEXT NOT NULL UNIQUE,
  first   TEXT NOT NULL,     -- first day the best-supported date may mean, "" when not given
  last    TEXT NOT NULL,
  voices  INTEGER NOT NULL,  -- independent articles that tell it
  dyads   TEXT NOT NULL,     -- " IND|PAK USA|PAK ", each between spaces
  teller  TEXT,              -- the source that alone tells it, NULL when several do
  telling TEXT NOT NULL,     -- JSON: who tells it, of whom, when
  body    TEXT NOT NULL      -- JSON
) STRICT;
CREATE INDEX happening_voices  ON happening (voices DESC, first DESC, id);
CREATE INDEX happening_teller ON happening (teller);

CREATE TABLE finding (
  n    INTEGER PRIMARY KEY,
  id   TEXT NOT NULL UNIQUE,
  key  TEXT NOT NULL UNIQUE,  -- its place in the listing
  kind TEXT NOT NULL,
  sure REAL NOT NULL,
  body TEXT NOT NULL          -- JSON
) STRICT;
CREATE INDEX finding_kind ON finding (kind, key);

CREATE TABLE finding_article (
  finding INTEGER NOT NULL REFERENCES finding (n) ON DELETE CASCADE,
  article TEXT NOT NULL REFERENCES article (id),
  PRIMARY KEY (article, finding)
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_article_finding ON finding_article (finding);

-- Which pairs of states a finding is about: "IND|PAK", sorted.
CREATE TABLE finding_dyad (
  finding INTEGER NOT NULL REFERENCES finding (n) ON DELETE CASCADE,
  dyad    TEXT NOT NULL,
  PRIMARY KEY (dyad, finding)
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_dyad_finding ON finding_dyad (finding);

CREATE TABLE profile (
  name  TEXT PRIMARY KEY,  -- of the source
  reach TEXT NOT NULL,     -- JSON: whom it speaks of, and when
  body  TEXT NOT NULL      -- JSON
) STRICT, WITHOUT ROWID;

-- What is to be done again: articles that were taken in, buckets, keys and sources
-- that lost an article, happenings that lost a report, findings that lost a part.
CREATE TABLE touched (
  what TEXT NOT NULL,  -- article, bucket, key, source, happening, finding
  key  ANY NOT NULL,
  PRIMARY KEY (what, key)
) STRICT, WITHOUT ROWID;

UPDATE dyad SET happening = 0 WHERE happening <> 0;
