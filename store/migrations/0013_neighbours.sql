-- One person hurts nobody else.

-- An address signs in one person in the whole installation. Of everybody else it only stands once in a clinic: what
-- another clinic answers to an address must not show whether it is somebody's here.
ALTER TABLE persons ADD COLUMN signs_in boolean NOT NULL DEFAULT false;
UPDATE persons SET signs_in = true
 WHERE email IS NOT NULL AND EXISTS (SELECT FROM staff_roles WHERE person_id = persons.id);
DROP INDEX persons_email;
CREATE UNIQUE INDEX persons_sign_in ON persons (lower(email)) WHERE signs_in;
CREATE UNIQUE INDEX persons_email ON persons (clinic_id, lower(email)) WHERE email IS NOT NULL;

-- What a person is to be told by mail. Nothing sends mail yet: a notice waits until something does.
CREATE TABLE notices (
    id         uuid PRIMARY KEY,
    clinic_id  uuid NOT NULL REFERENCES clinics,
    person_id  uuid NOT NULL REFERENCES persons,
    kind       text NOT NULL CHECK (kind IN ('invited_elsewhere')),
    at         timestamptz NOT NULL,
    sent_at    timestamptz
);
CREATE INDEX notices_waiting ON notices (at) WHERE sent_at IS NULL;
GRANT SELECT, INSERT, UPDATE (sent_at) ON notices TO vesper_app;

-- Browsers that have signed in as somebody: the SHA-256 of a random secret in a cookie that survives the sign-out.
CREATE TABLE known_browsers (
    person_id     uuid NOT NULL REFERENCES persons,
    secret_hash   bytea NOT NULL,
    clinic_id     uuid NOT NULL REFERENCES clinics,
    last_used_at  timestamptz NOT NULL,
    PRIMARY KEY (person_id, secret_hash)
);
GRANT SELECT, INSERT, UPDATE (last_used_at), DELETE ON known_browsers TO vesper_app;

-- Who tries to sign in as somebody and fails is nobody yet.
ALTER TABLE access_audit ALTER COLUMN actor_id DROP NOT NULL;
ALTER TABLE access_audit DROP CONSTRAINT access_audit_actor_kind_check;
ALTER TABLE access_audit ADD CHECK (actor_kind IN ('person', 'api_token', 'unknown')),
                         ADD CHECK ((actor_id IS NULL) = (actor_kind = 'unknown'));
