-- The first run of a clinic: a link that works once, for an hour, and makes its first administrator. Only its digest is
-- stored; a new link takes the place of the one before, until an administrator is there.

CREATE TABLE first_runs (
    clinic_id    uuid NOT NULL PRIMARY KEY REFERENCES clinics,
    secret_hash  bytea NOT NULL UNIQUE,
    expires_at   timestamptz NOT NULL,
    used_at      timestamptz
);
GRANT SELECT, INSERT, UPDATE (secret_hash, expires_at, used_at) ON first_runs TO vesper_app;

-- What administrators may change about their clinic.
ALTER TABLE clinics ADD COLUMN language text NOT NULL DEFAULT 'en';
GRANT UPDATE (name, timezone, language) ON clinics TO vesper_app;
