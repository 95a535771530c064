-- +goose Up

-- Days are ISO dates, instants Unix milliseconds of the program's time.

CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE calendar (
    day    TEXT PRIMARY KEY,
    kind   TEXT NOT NULL CHECK (kind IN ('off', 'work')),
    name   TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;

-- Units and collectives. A unit that was merged into another keeps its row:
-- reports stay where they were given.
CREATE TABLE units (
    code     TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    short    TEXT NOT NULL,
    kind     TEXT NOT NULL,
    members  TEXT NOT NULL DEFAULT '', -- of a collective: codes and kinds apart by ;
    merged   TEXT REFERENCES units (code),
    chat     INTEGER,
    topic    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX units_chat ON units (chat, topic) WHERE chat IS NOT NULL;

CREATE TABLE unit_aliases (
    unit     TEXT NOT NULL REFERENCES units (code),
    position INTEGER NOT NULL,
    name     TEXT NOT NULL,
    PRIMARY KEY (unit, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE plans (
    id           INTEGER PRIMARY KEY,
    year         INTEGER NOT NULL UNIQUE,
    number       TEXT NOT NULL,
    day          TEXT NOT NULL,
    title        TEXT NOT NULL,
    parent       TEXT NOT NULL,
    office       TEXT NOT NULL,
    place        TEXT NOT NULL,
    signer_title TEXT NOT NULL,
    signer       TEXT NOT NULL,
    published    TEXT NOT NULL DEFAULT '',
    closed       TEXT NOT NULL DEFAULT '',
    settings     TEXT NOT NULL -- JSON
) STRICT;

CREATE TABLE groups (
    plan     INTEGER NOT NULL REFERENCES plans (id),
    position INTEGER NOT NULL,
    numeral  TEXT NOT NULL,
    title    TEXT NOT NULL,
    PRIMARY KEY (plan, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE tasks (
    id               INTEGER PRIMARY KEY,
    plan             INTEGER NOT NULL REFERENCES plans (id),
    number           INTEGER NOT NULL,
    grp              INTEGER NOT NULL, -- position of the group, -1 outside the plan
    content          TEXT NOT NULL,
    short_title      TEXT NOT NULL,
    lead_text        TEXT NOT NULL,
    cooperating_text TEXT NOT NULL,
    phrase           TEXT NOT NULL,
    kind             TEXT NOT NULL,
    due              TEXT NOT NULL, -- days apart by spaces
    firm             INTEGER NOT NULL,
    note             TEXT NOT NULL,
    UNIQUE (plan, number)
) STRICT;

CREATE TABLE assignments (
    task     INTEGER NOT NULL REFERENCES tasks (id),
    role     TEXT NOT NULL CHECK (role IN ('lead', 'cooperating')),
    position INTEGER NOT NULL,
    unit     TEXT NOT NULL REFERENCES units (code),
    PRIMARY KEY (task, role, position),
    UNIQUE (task, role, unit)
) STRICT, WITHOUT ROWID;

CREATE TABLE occurrences (
    id     INTEGER PRIMARY KEY,
    task   INTEGER NOT NULL REFERENCES tasks (id),
    unit   TEXT NOT NULL REFERENCES units (code),
    kind   TEXT NOT NULL CHECK (kind IN ('dated', 'check_in', 'undated')),
    period TEXT NOT NULL,
    opens  TEXT NOT NULL,
    due    TEXT NOT NULL,
    firm   INTEGER NOT NULL,
    document TEXT NOT NULL DEFAULT '', -- what set off a trigger task
    UNIQUE (task, unit, period)
) STRICT;
CREATE INDEX occurrences_unit ON occurrences (unit);

CREATE TABLE extensions (
    id         INTEGER PRIMARY KEY,
    occurrence INTEGER NOT NULL REFERENCES occurrences (id),
    due        TEXT NOT NULL,
    decided_by INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    reason     TEXT NOT NULL
) STRICT;
CREATE INDEX extensions_occurrence ON extensions (occurrence);

CREATE TABLE reports (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    occurrence    INTEGER NOT NULL REFERENCES occurrences (id),
    person        INTEGER NOT NULL,
    via           TEXT NOT NULL,
    status        TEXT NOT NULL,
    note          TEXT NOT NULL,
    at            INTEGER NOT NULL, -- when it counts
    recorded_at   INTEGER NOT NULL,
    batch         INTEGER NOT NULL, -- the reports of one message or form
    withdrawn_at  INTEGER,
    returned_at   INTEGER,
    returned_by   INTEGER,
    return_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX reports_occurrence ON reports (occurrence);
CREATE INDEX reports_person ON reports (person, batch);

-- +goose StatementBegin
CREATE TRIGGER reports_kept BEFORE DELETE ON reports
BEGIN
    SELECT raise(ABORT, 'a report is never deleted');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER reports_unchanged BEFORE UPDATE ON reports
WHEN new.id IS NOT old.id OR new.occurrence IS NOT old.occurrence OR new.person IS NOT old.person
  OR new.via IS NOT old.via OR new.status IS NOT old.status OR new.note IS NOT old.note
  OR new.at IS NOT old.at OR new.recorded_at IS NOT old.recorded_at OR new.batch IS NOT old.batch
  OR old.withdrawn_at IS NOT NULL OR old.returned_at IS NOT NULL
BEGIN
    SELECT raise(ABORT, 'a report is withdrawn or returned once, never changed');
END;
-- +goose StatementEnd

CREATE TABLE evidence (
    id        INTEGER PRIMARY KEY,
    report    INTEGER NOT NULL REFERENCES reports (id),
    kind      TEXT NOT NULL CHECK (kind IN ('document', 'file', 'photo')),
    number    TEXT NOT NULL,
    day       TEXT NOT NULL,
    file_id   TEXT NOT NULL,
    file_name TEXT NOT NULL
) STRICT;
CREATE INDEX evidence_report ON evidence (report);

-- Directions of the director on a task (ý kiến chỉ đạo) and what else stands
-- in a task's history beside its reports.
CREATE TABLE remarks (
    id     INTEGER PRIMARY KEY,
    task   INTEGER NOT NULL REFERENCES tasks (id),
    person INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    text   TEXT NOT NULL
) STRICT;
CREATE INDEX remarks_task ON remarks (task);

-- Files of an album arrive one by one, the command under one of them.
CREATE TABLE album_files (
    id     INTEGER PRIMARY KEY,
    chat   INTEGER NOT NULL,
    album  TEXT NOT NULL,
    at     INTEGER NOT NULL,
    kind   TEXT NOT NULL,
    file_id   TEXT NOT NULL,
    file_name TEXT NOT NULL,
    batch  INTEGER -- the reports it belongs to, once they are known
) STRICT;
CREATE INDEX album_files_album ON album_files (chat, album);

CREATE TABLE people (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL DEFAULT '' CHECK (role IN ('', 'admin', 'director')),
    lang       TEXT NOT NULL DEFAULT '',
    refused_on TEXT NOT NULL DEFAULT '' -- the last day on which a stranger was told so
) STRICT;

CREATE TABLE heads (
    person INTEGER NOT NULL REFERENCES people (id),
    unit   TEXT NOT NULL REFERENCES units (code),
    since  INTEGER NOT NULL,
    PRIMARY KEY (person, unit)
) STRICT, WITHOUT ROWID;
CREATE INDEX heads_unit ON heads (unit);

CREATE TABLE chats (
    id      INTEGER PRIMARY KEY,
    kind    TEXT NOT NULL,
    title   TEXT NOT NULL,
    forum   INTEGER NOT NULL,
    lang    TEXT NOT NULL DEFAULT '',
    gone_at INTEGER, -- the bot cannot write there
    told_on TEXT NOT NULL DEFAULT '' -- the last day on which it was told that it serves no unit
) STRICT;

CREATE TABLE invitations (
    hash       BLOB PRIMARY KEY, -- SHA-256 of the link's token
    role       TEXT NOT NULL CHECK (role IN ('admin', 'director', 'head')),
    unit       TEXT REFERENCES units (code),
    invited_by INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER,
    used_by    INTEGER
) STRICT, WITHOUT ROWID;

-- What a unit was told of a task when the plan was given out, so that after a
-- change only the change goes out.
CREATE TABLE handouts (
    task  INTEGER NOT NULL REFERENCES tasks (id),
    unit  TEXT NOT NULL REFERENCES units (code),
    said  TEXT NOT NULL, -- fingerprint of what was told
    at    INTEGER NOT NULL,
    PRIMARY KEY (task, unit)
) STRICT, WITHOUT ROWID;

-- "Đã nhận": who took note of a hand-out, and when. A hand-out that nobody
-- noted has no noted_at.
CREATE TABLE receipts (
    id       INTEGER PRIMARY KEY,
    plan     INTEGER NOT NULL REFERENCES plans (id),
    unit     TEXT NOT NULL REFERENCES units (code),
    sent_at  INTEGER NOT NULL,
    noted_at INTEGER,
    noted_by INTEGER
) STRICT;
CREATE INDEX receipts_unit ON receipts (plan, unit);

-- Requests of members to report for their unit.
CREATE TABLE requests (
    id         INTEGER PRIMARY KEY,
    person     INTEGER NOT NULL,
    name       TEXT NOT NULL,
    unit       TEXT NOT NULL REFERENCES units (code),
    chat       INTEGER NOT NULL,
    topic      INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    decided_at INTEGER,
    decided_by INTEGER,
    granted    INTEGER
) STRICT;

-- Who changed roles, links and units.
CREATE TABLE trail (
    id     INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    person INTEGER NOT NULL,
    act    TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
