-- +goose Up

-- A check-in form: one for each unit and window.
CREATE TABLE forms (
    id         INTEGER PRIMARY KEY,
    plan       INTEGER NOT NULL REFERENCES plans (id),
    unit       TEXT NOT NULL REFERENCES units (code),
    period     TEXT NOT NULL,
    again      INTEGER NOT NULL DEFAULT 0, -- 1: shows what is reported already, too
    asked      INTEGER NOT NULL DEFAULT 0, -- 1: sentences that lack were asked for
    changed_by INTEGER NOT NULL DEFAULT 0, -- who changed it last
    UNIQUE (plan, unit, period)
) STRICT;

-- What is chosen for a check-in. It outlives its sending: when the report is
-- withdrawn, it holds again.
CREATE TABLE choices (
    occurrence INTEGER PRIMARY KEY REFERENCES occurrences (id) ON DELETE CASCADE,
    status     TEXT NOT NULL,
    note       TEXT NOT NULL,
    noted      TEXT NOT NULL,              -- the status that the note goes with
    person     INTEGER NOT NULL,
    since      INTEGER NOT NULL,           -- the latest standing report of that moment; 0 without one
    report     INTEGER REFERENCES reports (id) -- what it was sent as; NULL before
) STRICT;

-- The messages that show a form: one a chat or topic.
CREATE TABLE form_messages (
    form   INTEGER NOT NULL REFERENCES forms (id),
    chat   INTEGER NOT NULL,
    topic  INTEGER NOT NULL,
    outbox INTEGER NOT NULL,
    page   INTEGER NOT NULL,
    PRIMARY KEY (form, chat, topic)
) STRICT, WITHOUT ROWID;

-- How often a message was edited of late.
CREATE INDEX outbox_edits ON outbox (edits) WHERE edits IS NOT NULL;
