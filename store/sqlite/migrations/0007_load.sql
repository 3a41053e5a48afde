-- What a large record is asked for must not walk all of it.

-- Everything between one state and all others, and what has no day.
CREATE INDEX dyad_recipient ON dyad (recipient, day);
CREATE INDEX dyad_undated   ON dyad (actor, recipient) WHERE day = -1000000;

-- What counting dyads reads, and no more: half the pages of the table.
CREATE INDEX dyad_count ON dyad (actor, recipient, day, quad, intensity, source, probability);

-- The surest findings, of a kind and of all.
CREATE INDEX finding_sure      ON finding (sure DESC, key);
CREATE INDEX finding_kind_sure ON finding (kind, sure DESC, key);

-- Actors in the order in which they are counted, with all that is counted.
DROP INDEX actor_name;
CREATE INDEX actor_name  ON actor (code, name, article, mentions, kind, role);
CREATE INDEX actor_state ON actor (state, code, name, article, mentions, kind, role);
