-- Daily closings of each clinic (domain/closings.py) take the place of the daily roots over all clinics. Those that were
-- kept stay, and can still be checked; none is added.
REVOKE INSERT (day, streams, root) ON ledger_roots FROM vesper_app;

-- Facts that are of no session, like a closing, have none.
ALTER TABLE ledger ALTER COLUMN session_id DROP NOT NULL;

-- With what closings are checked. Only the database's owner publishes a key or ends one: whoever has got hold of the
-- application's role cannot have what they sign believed. The private halves are not in the database.
CREATE TABLE closing_keys (
    id           text PRIMARY KEY,               -- the first 16 hex digits of SHA-256(public_key)
    public_key   bytea NOT NULL CHECK (length(public_key) = 32),
    valid_from   timestamptz NOT NULL,
    valid_until  timestamptz                     -- null: until further notice
);
GRANT SELECT ON closing_keys TO vesper_app;
