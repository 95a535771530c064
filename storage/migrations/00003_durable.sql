-- +goose Up

-- What the chat service last said of the bot's standing in a group, and when, in
-- the program's time. NULL: it was never asked.
ALTER TABLE chats ADD COLUMN bot_admin INTEGER;
ALTER TABLE chats ADD COLUMN hears_all INTEGER;
ALTER TABLE chats ADD COLUMN standing_at INTEGER;

-- 1: refused because the chat was shut to the bot; the payload is kept for a
-- day, to be sent if the chat opens again. 2: that has happened once.
ALTER TABLE outbox ADD COLUMN shut INTEGER NOT NULL DEFAULT 0;

CREATE INDEX outbox_shut ON outbox (chat) WHERE shut = 1;

-- What was said up to then is lost (real).
ALTER TABLE outages ADD COLUMN lost_at INTEGER NOT NULL DEFAULT 0;
UPDATE outages SET lost_at = to_at - 86400000;
