-- What finding reprints looks up, so that one article more is not compared with all.

-- The hashes of the fingerprints of originals.
CREATE TABLE sketch_hash (
  hash    INTEGER NOT NULL,
  article INTEGER NOT NULL REFERENCES article (n),
  PRIMARY KEY (hash, article)
) STRICT, WITHOUT ROWID;

-- Of every article's hashes the rarest few: one more than a text may lack that
-- repeats enough of the article, so that it has one of them.
CREATE TABLE sketch_few (
  hash    INTEGER NOT NULL,
  article INTEGER NOT NULL REFERENCES article (n),
  PRIMARY KEY (hash, article)
) STRICT, WITHOUT ROWID;

-- Articles of which it is not known yet whether they repeat another, and those that
-- moved: that were given another day since it was found.
CREATE TABLE unsketched (
  article INTEGER PRIMARY KEY REFERENCES article (n),
  moved   INTEGER NOT NULL
) STRICT;
INSERT INTO unsketched SELECT n, 0 FROM article;
CREATE TRIGGER article_unsketched AFTER INSERT ON article
  BEGIN INSERT INTO unsketched VALUES (new.n, 0); END;
CREATE TRIGGER article_moved AFTER UPDATE OF published ON article WHEN new.published <> old.published
  BEGIN INSERT INTO unsketched VALUES (new.n, 1) ON CONFLICT DO NOTHING; END;
