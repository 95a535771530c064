-- +goose Up

-- The live buttons of a message stand with it: JSON of what each means, by id.
-- NULL for none.
ALTER TABLE outbox ADD COLUMN buttons TEXT;
UPDATE outbox SET buttons = (
    SELECT json_group_object(b.id, json(b.action)) FROM buttons b WHERE b.outbox = outbox.id)
WHERE id IN (SELECT outbox FROM buttons);
DROP TABLE buttons;

-- Message ids grow with time: with them first, what is sent one after the other
-- stands side by side in the index, and a commit changes few pages of it.
DROP INDEX outbox_message;
CREATE INDEX outbox_message ON outbox (message, chat) WHERE message IS NOT NULL;
