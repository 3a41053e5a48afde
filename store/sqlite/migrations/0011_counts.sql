-- What is counted of a source, without the passages that show how it shows others.
ALTER TABLE profile ADD COLUMN counts TEXT NOT NULL DEFAULT '';
UPDATE profile SET counts = json_remove(body, '$.tones');

-- How many records of each kind there are: counting 300,000 keys takes long.
CREATE TABLE total (
  kind TEXT PRIMARY KEY,
  n    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO total SELECT 'event', count(*) FROM event;
CREATE TRIGGER event_more AFTER INSERT ON event BEGIN UPDATE total SET n = n + 1 WHERE kind = 'event'; END;
CREATE TRIGGER event_less AFTER DELETE ON event BEGIN UPDATE total SET n = n - 1 WHERE kind = 'event'; END;
INSERT INTO total SELECT 'exchange', count(*) FROM exchange;
CREATE TRIGGER exchange_more AFTER INSERT ON exchange BEGIN UPDATE total SET n = n + 1 WHERE kind = 'exchange'; END;
CREATE TRIGGER exchange_less AFTER DELETE ON exchange BEGIN UPDATE total SET n = n - 1 WHERE kind = 'exchange'; END;
INSERT INTO total SELECT 'quote', count(*) FROM quote;
CREATE TRIGGER quote_more AFTER INSERT ON quote BEGIN UPDATE total SET n = n + 1 WHERE kind = 'quote'; END;
CREATE TRIGGER quote_less AFTER DELETE ON quote BEGIN UPDATE total SET n = n - 1 WHERE kind = 'quote'; END;
INSERT INTO total SELECT 'figure', count(*) FROM figure;
CREATE TRIGGER figure_more AFTER INSERT ON figure BEGIN UPDATE total SET n = n + 1 WHERE kind = 'figure'; END;
CREATE TRIGGER figure_less AFTER DELETE ON figure BEGIN UPDATE total SET n = n - 1 WHERE kind = 'figure'; END;
INSERT INTO total SELECT 'forecast', count(*) FROM forecast;
CREATE TRIGGER forecast_more AFTER INSERT ON forecast BEGIN UPDATE total SET n = n + 1 WHERE kind = 'forecast'; END;
CREATE TRIGGER forecast_less AFTER DELETE ON forecast BEGIN UPDATE total SET n = n - 1 WHERE kind = 'forecast'; END;

-- The newest of what hands something over, of some statuses.
CREATE INDEX event_good_first ON event (first, key, status) WHERE good <> '';

-- Which pairs of states a forecast is about, "IND|PAK", sorted: both are its holder
-- or subject, or its sentence tells an event between the two.
CREATE TABLE forecast_dyad (
  dyad   TEXT NOT NULL,
  record INTEGER NOT NULL REFERENCES record (n) ON DELETE CASCADE,
  PRIMARY KEY (dyad, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX forecast_dyad_record ON forecast_dyad (record);
INSERT INTO forecast_dyad
  SELECT p.state || '|' || q.state, p.record FROM record g JOIN party p ON p.record = g.n AND p.leads = 1 AND p.side IN ('holder', 'subject')
    JOIN party q ON q.record = g.n AND q.leads = 1 AND q.side IN ('holder', 'subject') AND q.state > p.state
    WHERE g.kind = 'forecast'
  UNION SELECT min(d.actor, d.recipient) || '|' || max(d.actor, d.recipient), g.n FROM record g JOIN evidence y ON y.record = g.n AND y.role = 'sentence'
    JOIN record e ON e.article = g.article AND e.kind = 'event' JOIN evidence x ON x.record = e.n AND x.role = 'sentence' AND x.start = y.start JOIN dyad d ON d.record = e.n
    WHERE g.kind = 'forecast' AND EXISTS (SELECT 1 FROM forecast f WHERE f.record = g.n);
