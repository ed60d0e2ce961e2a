-- Invitations of staff: a link that works once, and lets the invited set their name and password. Its secret is made when
-- the link is sent, so a new link ends the one before; only the digest is stored.

CREATE TABLE staff_invitations (
    clinic_id     uuid NOT NULL REFERENCES clinics,
    id            uuid NOT NULL,
    person_id     uuid NOT NULL,
    secret_hash   bytea UNIQUE,
    created_at    timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    accepted_at   timestamptz,
    withdrawn_at  timestamptz,
    PRIMARY KEY (clinic_id, id),
    FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id),
    CHECK (accepted_at IS NULL OR withdrawn_at IS NULL)
);
-- One open invitation of a person at a time.
CREATE UNIQUE INDEX staff_invitations_open ON staff_invitations (clinic_id, person_id)
    WHERE accepted_at IS NULL AND withdrawn_at IS NULL;
GRANT SELECT, INSERT, UPDATE (secret_hash, accepted_at, withdrawn_at) ON staff_invitations TO vesper_app;
