-- Counting an article's records and finding those that people rejected or
-- amended read these alone.
DROP INDEX record_article;
CREATE INDEX record_article ON record (article, kind, verdict);
CREATE INDEX record_verdict ON record (verdict) WHERE verdict <> '';

-- The settlement in force of a forecast, 0 for none: a forecast that follows to
-- another in a new reading takes its settlement along.
ALTER TABLE forecast ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;
UPDATE forecast SET settled = coalesce((SELECT max(s.n) FROM settlement s JOIN record r ON r.id = s.forecast WHERE r.n = forecast.record), 0);
CREATE INDEX forecast_settled ON forecast (settled) WHERE settled <> 0;
CREATE INDEX settlement_article ON settlement (article);
