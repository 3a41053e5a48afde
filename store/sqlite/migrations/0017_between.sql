-- What is listed between two states.

-- Which states give in an exchange and which receive, each with each.
CREATE TABLE exchange_dyad (
  giver    TEXT NOT NULL,
  receiver TEXT NOT NULL,
  record   INTEGER NOT NULL REFERENCES record (n) ON DELETE CASCADE,
  PRIMARY KEY (giver, receiver, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX exchange_dyad_record ON exchange_dyad (record);
INSERT INTO exchange_dyad SELECT DISTINCT p.state, q.state, p.record FROM exchange x
  JOIN party p ON p.record = x.record AND p.side = 'giver' AND p.leads = 1
  JOIN party q ON q.record = x.record AND q.side = 'receiver' AND q.leads = 1;

-- The happenings between two states, "IND|PAK", sorted, that more than one voice
-- tells, in the order of their listing.
CREATE TABLE happening_dyad (
  dyad      TEXT NOT NULL,
  voices    INTEGER NOT NULL,
  first     TEXT NOT NULL,
  id        TEXT NOT NULL,
  happening INTEGER NOT NULL REFERENCES happening (n) ON DELETE CASCADE,
  PRIMARY KEY (dyad, voices DESC, first DESC, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX happening_dyad_happening ON happening_dyad (happening);
INSERT INTO happening_dyad SELECT DISTINCT j.value, h.voices, h.first, h.id, h.n
  FROM happening h, json_each('["' || replace(trim(h.dyads), ' ', '","') || '"]') j
  WHERE h.voices > 1 AND instr(j.value, '|') > 0;
