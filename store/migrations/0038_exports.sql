-- Exports of a whole clinic: one administrator asks, another approves, a worker writes the file, who asked fetches it
-- once. The file is encrypted to a public key; what opens it was shown once and is nowhere here. The row stays as the
-- record of who did what; the file's pieces go when it was fetched, and after a day in any case.

CREATE TABLE clinic_exports (
    clinic_id      uuid NOT NULL REFERENCES clinics,
    id             uuid NOT NULL,
    state          text NOT NULL CHECK (state IN ('asked', 'approved', 'ready', 'fetched', 'stopped', 'over')),
    asked_by       uuid NOT NULL,
    asked_at       timestamptz NOT NULL,
    approved_by    uuid,
    approved_at    timestamptz,
    stopped_by     uuid,
    expires_at     timestamptz NOT NULL,         -- of the request; once the file is ready, of the file
    public_key     bytea NOT NULL,
    salt           bytea NOT NULL,
    done           integer NOT NULL DEFAULT 0,   -- of `total` tables
    total          integer NOT NULL DEFAULT 0,
    size           bigint NOT NULL DEFAULT 0,    -- bytes
    clients        uuid[] NOT NULL DEFAULT '{}', -- whose records are in it
    fetched_at     timestamptz,
    claimed_until  timestamptz,                  -- by the worker that writes it; then by who fetches it
    PRIMARY KEY (clinic_id, id),
    FOREIGN KEY (clinic_id, asked_by) REFERENCES persons (clinic_id, id),
    FOREIGN KEY (clinic_id, approved_by) REFERENCES persons (clinic_id, id),
    FOREIGN KEY (clinic_id, stopped_by) REFERENCES persons (clinic_id, id),
    CHECK (approved_by <> asked_by),
    CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
    CHECK (state NOT IN ('approved', 'ready', 'fetched') OR approved_by IS NOT NULL)
);
CREATE INDEX clinic_exports_open ON clinic_exports (asked_at) WHERE state IN ('asked', 'approved', 'ready');
GRANT SELECT, INSERT, DELETE, UPDATE (state, approved_by, approved_at, stopped_by, expires_at, done, total, size,
                                      clients, fetched_at, claimed_until) ON clinic_exports TO vesper_app;

CREATE TABLE clinic_export_pieces (
    clinic_id  uuid NOT NULL REFERENCES clinics,
    export_id  uuid NOT NULL,
    number     integer NOT NULL,
    content    bytea NOT NULL,                   -- encrypted
    PRIMARY KEY (clinic_id, export_id, number),
    FOREIGN KEY (clinic_id, export_id) REFERENCES clinic_exports (clinic_id, id)
);
GRANT SELECT, INSERT, DELETE ON clinic_export_pieces TO vesper_app;

-- An export is a disclosure of each client's whole record, on no consent and through no token.
ALTER TABLE disclosures
    ALTER COLUMN api_token_id DROP NOT NULL,
    ALTER COLUMN consent_id DROP NOT NULL,
    ALTER COLUMN first_position DROP NOT NULL,
    ALTER COLUMN last_position DROP NOT NULL,
    ADD COLUMN export_id uuid,
    ADD FOREIGN KEY (clinic_id, export_id) REFERENCES clinic_exports (clinic_id, id),
    ADD CHECK (num_nonnulls(api_token_id, consent_id, first_position, last_position)
               = CASE WHEN export_id IS NULL THEN 4 ELSE 0 END);
GRANT INSERT (export_id) ON disclosures TO vesper_app;
