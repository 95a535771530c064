-- +goose Up

-- With all that decides what is open in its index, the occurrences themselves
-- need not be read to count it, which each report does.
DROP INDEX occurrences_open;
CREATE INDEX occurrences_open ON occurrences (unit, kind, due, period, firm, task, completed_at, dropped)
    WHERE completed_at IS NULL AND dropped = 0;

-- What waits is read whole once at a start and by its chat from then on: one
-- index serves both.
DROP INDEX outbox_waiting;
DROP INDEX outbox_waiting_chat;
CREATE INDEX outbox_waiting ON outbox (chat) WHERE done_at IS NULL;
