-- A member of staff moves to another address, which a link in a mail to it confirms. The secret is made when the mail is
-- sent; from then on it works for a short time.

CREATE TABLE email_changes (
    clinic_id    uuid NOT NULL REFERENCES clinics,
    id           uuid NOT NULL,
    person_id    uuid NOT NULL,
    address      text NOT NULL,
    secret_hash  bytea UNIQUE,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz,
    used_at      timestamptz,
    PRIMARY KEY (clinic_id, id),
    FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id)
);
CREATE INDEX email_changes_person ON email_changes (clinic_id, person_id);
GRANT SELECT, INSERT, DELETE, UPDATE (secret_hash, expires_at, used_at) ON email_changes TO vesper_app;
