-- +goose Up

-- To whom copies of the decision go (nơi nhận), one a line.
ALTER TABLE plans ADD COLUMN recipients TEXT NOT NULL DEFAULT '';
