-- The rules of attendance have versions. Records by older ones are worked out again in the background, and statements
-- that differ for no other reason say so.
ALTER TABLE session_records ADD COLUMN rules integer NOT NULL DEFAULT 1;
ALTER TABLE session_records ALTER COLUMN rules DROP DEFAULT;
CREATE INDEX session_records_rules ON session_records (rules, session_id);

-- What alone can have made a session's records differ from what was stated; null where facts did.
ALTER TABLE statements_due ADD COLUMN cause text;
GRANT UPDATE (cause) ON statements_due TO vesper_app;
