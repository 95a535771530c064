-- +goose Up

-- A version of the plan that leaves a task out ends it: it keeps its row, its
-- number and its history.
ALTER TABLE tasks ADD COLUMN ended TEXT NOT NULL DEFAULT '';

-- What a version of the plan no longer asks for. What was reported stays.
ALTER TABLE occurrences ADD COLUMN dropped INTEGER NOT NULL DEFAULT 0;

-- Plan files that somebody sent and has not confirmed yet.
CREATE TABLE imports (
    id     INTEGER PRIMARY KEY,
    person INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    name   TEXT NOT NULL, -- of the file
    draft  TEXT NOT NULL, -- JSON: the plan as it was read
    settled_at INTEGER    -- taken over or put away; then the draft is empty
) STRICT;
