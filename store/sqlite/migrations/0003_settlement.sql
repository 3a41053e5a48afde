-- What people found to have come of forecasts. No foreign key to record: a
-- settlement outlives the reading it was made on.
CREATE TABLE settlement (
  n        INTEGER PRIMARY KEY AUTOINCREMENT,
  forecast TEXT NOT NULL,  -- record id
  article  TEXT NOT NULL REFERENCES article (id),
  outcome  TEXT NOT NULL,  -- yes, partly, no
  why      TEXT NOT NULL,
  evidence TEXT NOT NULL,  -- record id or address
  was      TEXT NOT NULL,  -- JSON
  who      TEXT NOT NULL,
  at       TEXT NOT NULL   -- RFC 3339, UTC
) STRICT;
CREATE INDEX settlement_forecast ON settlement (forecast);
CREATE TRIGGER settlement_stays BEFORE DELETE ON settlement
  BEGIN SELECT raise(ABORT, 'a settlement is never erased'); END;
CREATE TRIGGER settlement_keeps BEFORE UPDATE ON settlement
  BEGIN SELECT raise(ABORT, 'a settlement is never changed'); END;
