-- +goose Up

-- The way in and the way out. Instants here are Unix milliseconds of real time
-- but for those that are said to be the program's.

-- What arrived, in the order of its arrival. Rows outlive their handling, so
-- that what is delivered again is known by its id.
CREATE TABLE inbox (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    update_id   INTEGER UNIQUE,             -- NULL: an event of the program's own
    chat        INTEGER NOT NULL,           -- what is handled in order
    at          INTEGER NOT NULL,           -- when it counts, in the program's time
    payload     BLOB    NOT NULL,           -- emptied when handled
    received_at INTEGER NOT NULL,
    tries       INTEGER NOT NULL DEFAULT 0, -- failed ones
    retry_at    INTEGER,
    handled_at  INTEGER,                    -- NULL while pending
    set_aside   INTEGER NOT NULL DEFAULT 0, -- 1: given up, with the error of the last try
    error       TEXT
) STRICT;

CREATE INDEX inbox_pending ON inbox (seq) WHERE handled_at IS NULL;
CREATE INDEX inbox_retries ON inbox (retry_at, chat) WHERE handled_at IS NULL AND retry_at IS NOT NULL;
CREATE INDEX inbox_set_aside ON inbox (handled_at) WHERE set_aside = 1;
CREATE INDEX inbox_finished ON inbox (handled_at) WHERE handled_at IS NOT NULL;

-- When the chat service last answered a poll.
CREATE TABLE polls (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    real_at    INTEGER NOT NULL,
    program_at INTEGER NOT NULL -- the program's time
) STRICT;

-- Times without an answered poll, longer than the service keeps updates.
CREATE TABLE outages (
    from_at INTEGER PRIMARY KEY,
    to_at   INTEGER NOT NULL
) STRICT;

-- What waits for the chat service and what became of it.
CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    chat       INTEGER NOT NULL,
    priority   INTEGER NOT NULL,
    kind       TEXT    NOT NULL,
    edits      INTEGER,                     -- the row whose message this changes
    payload    TEXT    NOT NULL,            -- JSON of chat.Outgoing; emptied when done
    on_reply   TEXT,                        -- JSON of chat.Action
    queued_at  INTEGER NOT NULL,
    not_before INTEGER NOT NULL DEFAULT 0,
    tries      INTEGER NOT NULL DEFAULT 0,  -- failed ones
    message    INTEGER,                     -- the message's id within the chat, once known
    outcome    TEXT CHECK (outcome IN ('sent', 'failed', 'dropped')),
    done_at    INTEGER,                     -- NULL while it waits
    error      TEXT,
    CHECK ((outcome IS NULL) = (done_at IS NULL))
) STRICT;

CREATE INDEX outbox_waiting ON outbox (id) WHERE done_at IS NULL;
CREATE INDEX outbox_waiting_chat ON outbox (chat) WHERE done_at IS NULL;
CREATE INDEX outbox_waiting_edits ON outbox (edits) WHERE done_at IS NULL AND edits IS NOT NULL;
CREATE INDEX outbox_message ON outbox (chat, message) WHERE message IS NOT NULL;
CREATE INDEX outbox_failed ON outbox (done_at) WHERE outcome = 'failed';
CREATE INDEX outbox_finished ON outbox (done_at) WHERE done_at IS NOT NULL;

-- Live buttons; a dead one is gone.
CREATE TABLE buttons (
    id     TEXT PRIMARY KEY,
    outbox INTEGER NOT NULL, -- whose message bears it
    action TEXT    NOT NULL  -- JSON of chat.Action
) STRICT, WITHOUT ROWID;

CREATE INDEX buttons_outbox ON buttons (outbox);

-- The menu last queued for each scope: chat 0 is everybody, person 0 the chat.
CREATE TABLE menus (
    chat   INTEGER NOT NULL,
    person INTEGER NOT NULL,
    items  TEXT    NOT NULL, -- JSON of []chat.MenuItem
    PRIMARY KEY (chat, person)
) STRICT, WITHOUT ROWID;

-- Chats that go on under another id.
CREATE TABLE moves (
    old_chat INTEGER PRIMARY KEY,
    new_chat INTEGER NOT NULL
) STRICT;

-- Calls that count against the service's limits, kept for a minute, so that a
-- restart does not forget them.
CREATE TABLE calls (
    id          INTEGER PRIMARY KEY,
    chat        INTEGER NOT NULL,
    started_at  INTEGER NOT NULL,
    answered_at INTEGER
) STRICT;

CREATE INDEX calls_started ON calls (started_at);
