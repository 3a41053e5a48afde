-- How many articles there are: counting them reads an index of them all.
INSERT INTO total SELECT 'article', count(*) FROM article;
CREATE TRIGGER article_more AFTER INSERT ON article BEGIN UPDATE total SET n = n + 1 WHERE kind = 'article'; END;
CREATE TRIGGER article_less AFTER DELETE ON article BEGIN UPDATE total SET n = n - 1 WHERE kind = 'article'; END;

-- How often the articles or their actors changed: what is counted over all of them
-- holds until then.
CREATE TABLE revision (
  what TEXT PRIMARY KEY,
  n    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO revision VALUES ('article', 0), ('actor', 0);
CREATE TRIGGER article_in     AFTER INSERT ON article BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER article_out    AFTER DELETE ON article BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER article_other  AFTER UPDATE ON article BEGIN UPDATE revision SET n = n + 1; END;
CREATE TRIGGER actor_in       AFTER INSERT ON actor BEGIN UPDATE revision SET n = n + 1 WHERE what = 'actor'; END;
CREATE TRIGGER actor_out      AFTER DELETE ON actor BEGIN UPDATE revision SET n = n + 1 WHERE what = 'actor'; END;
