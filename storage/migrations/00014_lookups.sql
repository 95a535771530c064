-- +goose Up

-- What was looked for by reading all of it.
CREATE INDEX reports_batch ON reports (batch);
CREATE INDEX choices_report ON choices (report) WHERE report IS NOT NULL;
CREATE INDEX assignments_unit ON assignments (unit);
CREATE INDEX people_role ON people (role) WHERE role <> '';
CREATE INDEX requests_open ON requests (person, unit) WHERE decided_at IS NULL;
CREATE INDEX requests_person ON requests (person);
CREATE INDEX requests_chat ON requests (chat);
CREATE INDEX extension_requests_chat ON extension_requests (chat);
CREATE INDEX extension_messages_chat ON extension_messages (chat);
CREATE INDEX form_messages_outbox ON form_messages (outbox);
CREATE INDEX form_messages_chat ON form_messages (chat);
