-- What is kept of an article follows the article's own row too.
CREATE TRIGGER article_changed AFTER UPDATE ON article BEGIN
  INSERT INTO changed VALUES (new.n, 1 + max(coalesce((SELECT max(seq) FROM changed), 0), coalesce((SELECT max(seq) FROM changed_telling), 0)))
    ON CONFLICT DO UPDATE SET seq = excluded.seq;
END;
