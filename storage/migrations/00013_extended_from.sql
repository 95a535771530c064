-- +goose Up

-- The day that an extension put off: a later version of the plan may change
-- the task's own day, and history tells what was decided then.
ALTER TABLE extensions ADD COLUMN was TEXT NOT NULL DEFAULT '';
UPDATE extensions SET was = coalesce(
    (SELECT e.due FROM extensions e WHERE e.occurrence = extensions.occurrence AND e.id < extensions.id
        ORDER BY e.id DESC LIMIT 1),
    (SELECT o.due FROM occurrences o WHERE o.id = extensions.occurrence),
    '');
