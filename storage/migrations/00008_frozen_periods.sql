-- +goose Up

-- Periods whose figures stand (chốt), each with all that they rest on.
CREATE TABLE frozen_periods (
    plan   INTEGER NOT NULL REFERENCES plans (id),
    period TEXT    NOT NULL CHECK (period IN ('Q1', 'H1', 'Q3', 'year')),
    at     INTEGER NOT NULL,
    person INTEGER,          -- NULL: the program by itself
    hash   TEXT    NOT NULL, -- SHA-256 over the reports that count
    state  TEXT    NOT NULL, -- JSON: plan, calendar and work as they stood
    PRIMARY KEY (plan, period)
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER frozen_periods_kept BEFORE DELETE ON frozen_periods
BEGIN
    SELECT raise(ABORT, 'a frozen period stays frozen');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER frozen_periods_unchanged BEFORE UPDATE ON frozen_periods
BEGIN
    SELECT raise(ABORT, 'a frozen period stays as it is');
END;
-- +goose StatementEnd
