-- Who may come in, and who looked. Secrets are kept as SHA-256 (they are random, 256 bits), passwords as argon2id.

CREATE TABLE passwords (
    person_id   uuid PRIMARY KEY REFERENCES persons,
    hash        text NOT NULL,
    changed_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT, INSERT, UPDATE (hash, changed_at) ON passwords TO vesper_app;

CREATE TABLE sign_ins (
    id            uuid PRIMARY KEY,
    clinic_id     uuid NOT NULL REFERENCES clinics,
    person_id     uuid NOT NULL REFERENCES persons,
    secret_hash   bytea NOT NULL UNIQUE,
    created_at    timestamptz NOT NULL,
    last_used_at  timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    ended_at      timestamptz
);
GRANT SELECT, INSERT, UPDATE (last_used_at, ended_at) ON sign_ins TO vesper_app;

-- Failures only, by the hash of what was typed and by the hash of the address it came from.
CREATE TABLE sign_in_failures (
    subject_hash  bytea NOT NULL,
    at            timestamptz NOT NULL
);
CREATE INDEX sign_in_failures_recent ON sign_in_failures (subject_hash, at);
GRANT SELECT, INSERT, DELETE ON sign_in_failures TO vesper_app;

-- A client's personal link: one person, one enrolment, expiring, revocable. The secret is shown once.
CREATE TABLE join_links (
    id            uuid PRIMARY KEY,
    clinic_id     uuid NOT NULL REFERENCES clinics,
    person_id     uuid NOT NULL REFERENCES persons,
    enrolment_id  uuid NOT NULL REFERENCES enrolments,
    secret_hash   bytea NOT NULL UNIQUE,
    created_at    timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL,
    revoked_at    timestamptz
);
CREATE INDEX join_links_enrolment ON join_links (enrolment_id);
GRANT SELECT, INSERT, UPDATE (revoked_at) ON join_links TO vesper_app;

CREATE TABLE api_tokens (
    id           uuid PRIMARY KEY,
    clinic_id    uuid NOT NULL REFERENCES clinics,
    name         text NOT NULL,               -- the system that holds it: the recipient of what it reads
    scopes       text[] NOT NULL,
    secret_hash  bytea NOT NULL UNIQUE,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz,
    revoked_at   timestamptz
);
GRANT SELECT, INSERT, UPDATE (revoked_at) ON api_tokens TO vesper_app;

-- 45 CFR 164.312(b): who looked at whose record. `route` is the pattern, never the address with its values.
CREATE TABLE access_audit (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    clinic_id    uuid NOT NULL REFERENCES clinics,
    at           timestamptz NOT NULL,
    actor_kind   text NOT NULL CHECK (actor_kind IN ('person', 'api_token')),
    actor_id     uuid NOT NULL,
    method       text NOT NULL,
    route        text NOT NULL,
    subjects     uuid[] NOT NULL,              -- the persons, or the session, whose record was read or changed
    status       integer NOT NULL
);
CREATE INDEX access_audit_when ON access_audit (clinic_id, at);
GRANT SELECT, INSERT (clinic_id, at, actor_kind, actor_id, method, route, subjects, status) ON access_audit TO vesper_app;

-- 42 CFR 2.25: what was disclosed about whom, to whom, on which consent, with which notice.
CREATE TABLE disclosures (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    clinic_id       uuid NOT NULL REFERENCES clinics,
    at              timestamptz NOT NULL,
    client_id       uuid NOT NULL REFERENCES persons,
    api_token_id    uuid NOT NULL REFERENCES api_tokens,
    consent_id      uuid NOT NULL REFERENCES consents,
    purpose         text NOT NULL,
    first_position  bigint NOT NULL,
    last_position   bigint NOT NULL,
    events          integer NOT NULL,
    notice_version  text NOT NULL
);
CREATE INDEX disclosures_client ON disclosures (client_id, at);
GRANT SELECT, INSERT (clinic_id, at, client_id, api_token_id, consent_id, purpose, first_position, last_position,
                      events, notice_version) ON disclosures TO vesper_app;
