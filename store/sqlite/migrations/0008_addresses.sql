-- What is asked for addresses of the web.

-- Whether the record has an article of an address: as the article states it, or
-- as it was asked for. Paths of files are not of use here.
CREATE INDEX article_url ON article (url) WHERE url <> '';
CREATE INDEX article_web ON article (path) WHERE path >= 'http' AND path < 'httq';

-- What a feed's server said of its state when all its entries were last read, so
-- that it need not be sent again.
CREATE TABLE feed (
  address  TEXT PRIMARY KEY,
  etag     TEXT NOT NULL,
  modified TEXT NOT NULL
) STRICT, WITHOUT ROWID;
