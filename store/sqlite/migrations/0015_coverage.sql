-- What an article covers is needed to describe its source alone, and is most of an
-- account: it stands apart.
ALTER TABLE account ADD COLUMN coverage TEXT NOT NULL DEFAULT ''; -- JSON
UPDATE account SET coverage = json_extract(body, '$.coverage'), body = json_remove(body, '$.coverage');
