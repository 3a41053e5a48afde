-- When what is told of who tells a happening last changed, as in the table changed.
-- A happening that is gone stays here.
CREATE TABLE changed_telling (
  happening INTEGER PRIMARY KEY,
  seq       INTEGER NOT NULL
) STRICT;
CREATE INDEX changed_telling_seq ON changed_telling (seq);
