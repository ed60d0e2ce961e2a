-- A personal link opens the door. What shows hours or signs something asks for a code that goes to the person's own
-- contact, once per browser and month.

CREATE TABLE identity_contacts (
    clinic_id    uuid NOT NULL REFERENCES clinics,
    person_id    uuid NOT NULL,
    address      text NOT NULL,
    set_at       timestamptz NOT NULL,
    set_by       uuid NOT NULL,
    wrong_tries  integer NOT NULL DEFAULT 0,   -- since the last right code, or since staff allowed codes again
    PRIMARY KEY (clinic_id, person_id),
    FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id),
    FOREIGN KEY (clinic_id, set_by) REFERENCES persons (clinic_id, id)
);
CREATE INDEX identity_contacts_address ON identity_contacts (clinic_id, lower(address));
GRANT SELECT, INSERT, UPDATE (address, set_at, set_by, wrong_tries), DELETE ON identity_contacts TO vesper_app;

-- A code that was asked for. It is made when its mail is sent: the digest is an HMAC, because six digits are guessed.
CREATE TABLE identity_codes (
    clinic_id   uuid NOT NULL REFERENCES clinics,
    id          uuid NOT NULL,
    person_id   uuid NOT NULL,
    asked_at    timestamptz NOT NULL,
    digest      bytea,
    expires_at  timestamptz,
    used_at     timestamptz,
    PRIMARY KEY (clinic_id, id),
    FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id),
    CHECK ((digest IS NULL) = (expires_at IS NULL))
);
CREATE INDEX identity_codes_newest ON identity_codes (clinic_id, person_id, asked_at);
GRANT SELECT, INSERT, UPDATE (digest, expires_at, used_at) ON identity_codes TO vesper_app;

-- Browsers in which a person has given a right code: the SHA-256 of the secret in the browser's cookie.
CREATE TABLE identified_browsers (
    clinic_id      uuid NOT NULL REFERENCES clinics,
    id             uuid NOT NULL,
    person_id      uuid NOT NULL,
    secret_hash    bytea NOT NULL,
    identified_at  timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    revoked_at     timestamptz,
    PRIMARY KEY (clinic_id, id),
    UNIQUE (clinic_id, person_id, secret_hash),
    FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id)
);
GRANT SELECT, INSERT, UPDATE (revoked_at) ON identified_browsers TO vesper_app;
