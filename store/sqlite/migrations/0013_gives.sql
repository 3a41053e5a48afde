-- Which state gives an event's good and which receives it, "" for none.
ALTER TABLE event ADD COLUMN giver TEXT NOT NULL DEFAULT '';
ALTER TABLE event ADD COLUMN receiver TEXT NOT NULL DEFAULT '';
UPDATE event SET
  giver    = coalesce((SELECT p.state FROM party p WHERE p.record = event.record AND p.side = 'giver'), ''),
  receiver = coalesce((SELECT p.state FROM party p WHERE p.record = event.record AND p.side = 'receiver'), '')
  WHERE good <> '';
CREATE INDEX event_gives ON event (giver, receiver, key) WHERE good <> '';
