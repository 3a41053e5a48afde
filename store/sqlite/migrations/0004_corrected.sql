-- Which pairs of states a finding is about: "IND|PAK", sorted.
CREATE TABLE finding_dyad (
  finding INTEGER NOT NULL REFERENCES finding (n) ON DELETE CASCADE,
  dyad    TEXT NOT NULL,
  PRIMARY KEY (dyad, finding)
) STRICT, WITHOUT ROWID;
DELETE FROM collated; -- what was collated before names no pairs

-- What people say of records is reflected in the tables that listings read: a
-- rejected record stands in record alone, an amended one as it should be.
ALTER TABLE record ADD COLUMN verdict TEXT NOT NULL DEFAULT ''; -- confirmed, rejected, amended
