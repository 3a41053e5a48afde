-- What a list of the sources takes of each without reading all happenings and what
-- is said of the source.
CREATE TABLE standing (
  source   TEXT PRIMARY KEY,  -- name
  alone    INTEGER NOT NULL,  -- happenings that it alone tells
  revision INTEGER NOT NULL   -- how often its profile was written
) STRICT, WITHOUT ROWID;
INSERT INTO standing SELECT teller, count(*), 0 FROM happening WHERE teller IS NOT NULL GROUP BY teller;
CREATE TRIGGER happening_in AFTER INSERT ON happening WHEN new.teller IS NOT NULL BEGIN
  INSERT INTO standing VALUES (new.teller, 1, 0) ON CONFLICT DO UPDATE SET alone = alone + 1;
END;
CREATE TRIGGER happening_out AFTER DELETE ON happening WHEN old.teller IS NOT NULL BEGIN
  UPDATE standing SET alone = alone - 1 WHERE source = old.teller;
END;
CREATE TRIGGER happening_other AFTER UPDATE OF teller ON happening WHEN old.teller IS NOT new.teller BEGIN
  UPDATE standing SET alone = alone - 1 WHERE source = old.teller;
  INSERT INTO standing SELECT new.teller, 1, 0 WHERE new.teller IS NOT NULL ON CONFLICT DO UPDATE SET alone = alone + 1;
END;
CREATE TRIGGER profile_in AFTER INSERT ON profile BEGIN
  INSERT INTO standing VALUES (new.name, 0, 1) ON CONFLICT DO UPDATE SET revision = revision + 1;
END;
