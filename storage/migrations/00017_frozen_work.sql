-- +goose Up

-- What a frozen period counts, a part at a time: that of a large office is more
-- than the program holds at once. What was frozen before has it in
-- frozen_periods.state.
CREATE TABLE frozen_work (
    plan       INTEGER NOT NULL REFERENCES plans (id),
    period     TEXT    NOT NULL,
    part       INTEGER NOT NULL, -- in the order of the work
    first_unit TEXT    NOT NULL, -- the units whose work it is lie between these
    last_unit  TEXT    NOT NULL,
    work       BLOB    NOT NULL, -- JSON, gzipped: occurrences as they stood
    PRIMARY KEY (plan, period, part)
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER frozen_work_kept BEFORE DELETE ON frozen_work
BEGIN
    SELECT raise(ABORT, 'a frozen period stays frozen');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER frozen_work_unchanged BEFORE UPDATE ON frozen_work
BEGIN
    SELECT raise(ABORT, 'a frozen period stays as it is');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER frozen_work_whole BEFORE INSERT ON frozen_work
WHEN EXISTS (SELECT 1 FROM frozen_periods f WHERE f.plan = new.plan AND f.period = new.period)
BEGIN
    SELECT raise(ABORT, 'a frozen period stays as it is');
END;
-- +goose StatementEnd
