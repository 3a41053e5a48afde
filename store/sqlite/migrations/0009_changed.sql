-- When an article's rows of dyad last changed: each transaction that changes some
-- gives them the number after the largest there is. Who keeps a copy reads again
-- what has a larger number than he has seen.
CREATE TABLE changed (
  article INTEGER PRIMARY KEY REFERENCES article (n),
  seq     INTEGER NOT NULL
) STRICT;
CREATE INDEX changed_seq ON changed (seq);
