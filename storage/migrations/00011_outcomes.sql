-- +goose Up

-- What the reports on an occurrence come to, so that what is still open is
-- found, and all of it counted, without reading what was said: the latest word,
-- and the instant of the report by which it counts (plan.Occurrence: Status and
-- Completion). The triggers keep both.
ALTER TABLE occurrences ADD COLUMN status TEXT NOT NULL DEFAULT 'not_started';
ALTER TABLE occurrences ADD COLUMN completed_at INTEGER; -- NULL while it is open

CREATE VIEW outcomes AS
    SELECT id, status, CASE
        WHEN kind = 'check_in' THEN (
            SELECT r.at FROM reports r WHERE r.occurrence = o.id AND r.withdrawn_at IS NULL
                AND r.returned_at IS NULL ORDER BY r.id LIMIT 1)
        WHEN kind = 'dated' AND status = 'done' THEN (
            SELECT r.at FROM reports r WHERE r.occurrence = o.id AND r.withdrawn_at IS NULL
                AND r.returned_at IS NULL AND r.status = 'done' ORDER BY r.id LIMIT 1)
        END AS completed_at
    FROM (
        SELECT id, kind, coalesce((
            SELECT iif(r.returned_at IS NULL, r.status, 'in_progress') FROM reports r
            WHERE r.occurrence = occurrences.id AND r.withdrawn_at IS NULL ORDER BY r.id DESC LIMIT 1),
            'not_started') AS status
        FROM occurrences) o;

UPDATE occurrences SET (status, completed_at) = (
    SELECT status, completed_at FROM outcomes WHERE outcomes.id = occurrences.id)
WHERE EXISTS (SELECT 1 FROM reports r WHERE r.occurrence = occurrences.id);

-- +goose StatementBegin
CREATE TRIGGER reports_added AFTER INSERT ON reports
BEGIN
    UPDATE occurrences SET (status, completed_at) = (
        SELECT status, completed_at FROM outcomes WHERE outcomes.id = new.occurrence)
    WHERE id = new.occurrence;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER reports_taken_back AFTER UPDATE OF withdrawn_at, returned_at ON reports
BEGIN
    UPDATE occurrences SET (status, completed_at) = (
        SELECT status, completed_at FROM outcomes WHERE outcomes.id = new.occurrence)
    WHERE id = new.occurrence;
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER occurrences_judged AFTER UPDATE OF kind ON occurrences WHEN new.kind IS NOT old.kind
BEGIN
    UPDATE occurrences SET (status, completed_at) = (
        SELECT status, completed_at FROM outcomes WHERE outcomes.id = new.id)
    WHERE id = new.id;
END;
-- +goose StatementEnd

CREATE INDEX occurrences_open ON occurrences (unit, kind, due, period, firm, task)
    WHERE completed_at IS NULL AND dropped = 0;

-- What a reminder is about is read and passed on as a whole, so it stands in the
-- reminder: a JSON list of steps, each with its occurrences. What was said is
-- the key alone, of which a large office stores hundreds of thousands a day.
ALTER TABLE reminders ADD COLUMN steps TEXT NOT NULL DEFAULT '[]';
UPDATE reminders SET steps = (
    SELECT json_group_array(json_object('due', due, 'step', step, 'day', day, 'nominal', nominal,
        'occurrences', json_array(occurrence)))
    FROM said WHERE said.reminder = reminders.id);
CREATE TABLE said_keys (
    occurrence INTEGER NOT NULL REFERENCES occurrences (id) ON DELETE CASCADE,
    due        TEXT    NOT NULL, -- the day that it was about
    step       TEXT    NOT NULL, -- the rung of the ladder, or the ISO week
    PRIMARY KEY (occurrence, due, step)
) STRICT, WITHOUT ROWID;
INSERT INTO said_keys SELECT occurrence, due, step FROM said;
DROP TABLE said;
ALTER TABLE said_keys RENAME TO said;
