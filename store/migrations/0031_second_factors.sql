-- How staff prove who they are: second factors and their recovery codes, sign-ins that lock, passwords by a link.
-- Secrets of one-time codes are encrypted with the person's data key; everything else secret is kept as SHA-256.

ALTER TABLE sign_ins
    ADD COLUMN active_at    timestamptz NOT NULL DEFAULT clock_timestamp(),   -- the person's own last input
    ADD COLUMN confirmed_at timestamptz NOT NULL DEFAULT '-infinity',         -- the last password or passkey
    ADD COLUMN factor_at    timestamptz,                                      -- the last second factor
    ADD COLUMN locked_at    timestamptz,                                      -- locked by hand; idle ones lock by time
    ADD COLUMN browser      text NOT NULL DEFAULT '',
    ADD COLUMN session_id   uuid,                                             -- the session that it entered last
    ADD FOREIGN KEY (clinic_id, session_id) REFERENCES sessions (clinic_id, id);
GRANT UPDATE (active_at, confirmed_at, factor_at, locked_at, session_id) ON sign_ins TO vesper_app;
CREATE INDEX sign_ins_person ON sign_ins (clinic_id, person_id) WHERE ended_at IS NULL;

CREATE TABLE second_factors (
    clinic_id      uuid NOT NULL REFERENCES clinics,
    id             uuid NOT NULL,
    person_id      uuid NOT NULL,
    kind           text NOT NULL CHECK (kind IN ('one_time_code', 'passkey')),
    name           text NOT NULL,
    created_at     timestamptz NOT NULL,
    last_used_at   timestamptz,
    secret         bytea,                -- one_time_code: encrypted
    last_step      bigint,               -- one_time_code: no code of this step or before works again
    credential_id  bytea,                -- passkey
    public_key     bytea,                -- passkey
    sign_count     bigint,               -- passkey
    PRIMARY KEY (clinic_id, id),
    UNIQUE (clinic_id, credential_id),
    FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id),
    CHECK ((kind = 'one_time_code') = (secret IS NOT NULL AND last_step IS NOT NULL)),
    CHECK ((kind = 'passkey') = (credential_id IS NOT NULL AND public_key IS NOT NULL AND sign_count IS NOT NULL))
);
CREATE INDEX second_factors_person ON second_factors (clinic_id, person_id);
GRANT SELECT, INSERT, DELETE, UPDATE (name, last_used_at, last_step, sign_count) ON second_factors TO vesper_app;

CREATE TABLE recovery_codes (
    clinic_id  uuid NOT NULL REFERENCES clinics,
    person_id  uuid NOT NULL,
    hash       bytea NOT NULL,
    PRIMARY KEY (clinic_id, person_id, hash),
    FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id)
);
GRANT SELECT, INSERT, DELETE ON recovery_codes TO vesper_app;

-- A password was right, and the second factor is still to come. The page holds the secret; no cookie does.
CREATE TABLE pending_sign_ins (
    clinic_id    uuid NOT NULL REFERENCES clinics,
    id           uuid NOT NULL,
    person_id    uuid NOT NULL,
    secret_hash  bytea NOT NULL UNIQUE,
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (clinic_id, id),
    FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id)
);
GRANT SELECT, INSERT, DELETE ON pending_sign_ins TO vesper_app;

-- What a passkey is to sign, once.
CREATE TABLE passkey_challenges (
    clinic_id   uuid NOT NULL REFERENCES clinics,
    person_id   uuid NOT NULL,
    purpose     text NOT NULL CHECK (purpose IN ('enrol', 'confirm')),
    challenge   bytea NOT NULL,
    expires_at  timestamptz NOT NULL,
    PRIMARY KEY (clinic_id, person_id, purpose, challenge),
    FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id)
);
GRANT SELECT, INSERT, DELETE ON passkey_challenges TO vesper_app;

-- The secret is made when the link is sent or shown; from then on it works for a short time.
CREATE TABLE password_resets (
    clinic_id    uuid NOT NULL REFERENCES clinics,
    id           uuid NOT NULL,
    person_id    uuid NOT NULL,
    secret_hash  bytea UNIQUE,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz,
    used_at      timestamptz,
    PRIMARY KEY (clinic_id, id),
    FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id)
);
GRANT SELECT, INSERT, DELETE, UPDATE (secret_hash, expires_at, used_at) ON password_resets TO vesper_app;

-- Whom a clinic asks for a second factor. Without a row it asks nobody.
CREATE TABLE second_factor_policies (
    clinic_id   uuid PRIMARY KEY REFERENCES clinics,
    required    text NOT NULL CHECK (required IN ('never', 'by_role', 'always')),
    roles       text[] NOT NULL,
    changed_at  timestamptz NOT NULL,
    changed_by  uuid NOT NULL,
    FOREIGN KEY (clinic_id, changed_by) REFERENCES persons (clinic_id, id)
);
GRANT SELECT, INSERT, UPDATE (required, roles, changed_at, changed_by) ON second_factor_policies TO vesper_app;
