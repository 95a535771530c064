-- +goose Up

-- Requests of heads for a later day. A request names task, unit and period, not
-- the occurrence: that may go to another unit while the request waits.
CREATE TABLE extension_requests (
    id           INTEGER PRIMARY KEY,
    task         INTEGER NOT NULL REFERENCES tasks (id),
    unit         TEXT    NOT NULL REFERENCES units (code),
    period       TEXT    NOT NULL,
    due          TEXT    NOT NULL, -- the day that is asked for
    reason       TEXT    NOT NULL,
    person       INTEGER NOT NULL,
    chat         INTEGER NOT NULL, -- where it was asked
    topic        INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    after_report INTEGER NOT NULL, -- the last report before it, so that order needs no clock
    outcome      TEXT    NOT NULL DEFAULT '' CHECK (outcome IN ('', 'granted', 'refused', 'withdrawn', 'void')),
    settled_at   INTEGER,
    settled_by   INTEGER,
    refusal      TEXT    NOT NULL DEFAULT '', -- why it was refused, if that was said
    CHECK ((outcome = '') = (settled_at IS NULL))
) STRICT;
CREATE INDEX extension_requests_task ON extension_requests (task, unit);
CREATE INDEX extension_requests_person ON extension_requests (person) WHERE outcome = '';

-- The messages that put a request before those who decide.
CREATE TABLE extension_messages (
    outbox  INTEGER PRIMARY KEY,
    request INTEGER NOT NULL REFERENCES extension_requests (id),
    chat    INTEGER NOT NULL
) STRICT;
CREATE INDEX extension_messages_request ON extension_messages (request);
