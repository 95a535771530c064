-- +goose Up

-- Reminders that a person asked for: once for each unit, matter and day.
CREATE TABLE nudges (
    plan   INTEGER NOT NULL REFERENCES plans (id),
    unit   TEXT    NOT NULL REFERENCES units (code),
    what   TEXT    NOT NULL, -- a task's number, or 'check_ins'
    day    TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    person INTEGER NOT NULL,
    PRIMARY KEY (plan, unit, what, day)
) STRICT, WITHOUT ROWID;
