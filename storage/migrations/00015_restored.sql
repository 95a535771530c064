-- +goose Up

-- Whether what was said is gone because a backup was restored.
ALTER TABLE outages ADD COLUMN restored INTEGER NOT NULL DEFAULT 0;
