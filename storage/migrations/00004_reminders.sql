-- +goose Up

-- What was said of which occurrence, each step once. A reminder is one message
-- to one chat; its text is made when it is sent.
CREATE TABLE reminders (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    chat   INTEGER NOT NULL,
    topic  INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    outbox INTEGER NOT NULL -- the row on the way out
) STRICT;
CREATE INDEX reminders_place ON reminders (chat, topic);

CREATE TABLE said (
    occurrence INTEGER NOT NULL REFERENCES occurrences (id) ON DELETE CASCADE,
    due        TEXT    NOT NULL, -- the day that it was about
    step       TEXT    NOT NULL, -- the rung of the ladder, or the ISO week
    day        TEXT    NOT NULL,
    nominal    TEXT    NOT NULL,
    reminder   INTEGER NOT NULL REFERENCES reminders (id),
    PRIMARY KEY (occurrence, due, step)
) STRICT, WITHOUT ROWID;
CREATE INDEX said_reminder ON said (reminder);

-- The posts to the leadership, one a day at most.
CREATE TABLE posts (
    day TEXT PRIMARY KEY,
    at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What a person asked for at an hour in which nobody may be written to.
CREATE TABLE deferred (
    id    INTEGER PRIMARY KEY,
    at    INTEGER NOT NULL, -- when it is to happen
    event TEXT    NOT NULL  -- JSON of chat.Incoming
) STRICT;
CREATE INDEX deferred_at ON deferred (at);
