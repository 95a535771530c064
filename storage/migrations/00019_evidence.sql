-- +goose Up

-- What backs a report belongs to it alone and is read with it, so it stands in
-- the report: a JSON list. It may grow, also once the report was withdrawn or
-- returned; nothing else of such a report changes, and nothing ever goes.
ALTER TABLE reports ADD COLUMN evidence TEXT NOT NULL DEFAULT '[]';

DROP TRIGGER reports_unchanged;

UPDATE reports SET evidence = (
    SELECT json_group_array(json_patch('{}', json_object('kind', kind, 'number', nullif(number, ''),
        'day', nullif(day, ''), 'file', nullif(file_id, ''), 'name', nullif(file_name, ''))) ORDER BY e.id)
    FROM evidence e WHERE e.report = reports.id)
WHERE id IN (SELECT report FROM evidence);
DROP TABLE evidence;

-- +goose StatementBegin
CREATE TRIGGER reports_unchanged BEFORE UPDATE ON reports
WHEN new.id IS NOT old.id OR new.occurrence IS NOT old.occurrence OR new.person IS NOT old.person
  OR new.via IS NOT old.via OR new.status IS NOT old.status OR new.note IS NOT old.note
  OR new.at IS NOT old.at OR new.recorded_at IS NOT old.recorded_at OR new.batch IS NOT old.batch
  OR instr(new.evidence, rtrim(old.evidence, ']')) <> 1
  OR (old.withdrawn_at IS NOT NULL OR old.returned_at IS NOT NULL) AND (
      new.withdrawn_at IS NOT old.withdrawn_at OR new.returned_at IS NOT old.returned_at
      OR new.returned_by IS NOT old.returned_by OR new.return_reason IS NOT old.return_reason)
BEGIN
    SELECT raise(ABORT, 'a report is withdrawn or returned once, never changed');
END;
-- +goose StatementEnd
