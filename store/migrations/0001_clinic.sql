-- Clinics, their people, and what is planned. Every table carries clinic_id: many clinics share one database.
-- The application logs in as vesper_app, which owns nothing; each table ends with what it may do there.

CREATE SCHEMA IF NOT EXISTS public;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO vesper_app;

CREATE TABLE clinics (
    id          uuid PRIMARY KEY,
    name        text NOT NULL,
    timezone    text NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT, INSERT ON clinics TO vesper_app;

CREATE TABLE persons (
    id            uuid PRIMARY KEY,
    clinic_id     uuid NOT NULL REFERENCES clinics,
    display_name  text NOT NULL,
    email         text,
    external_id   text,
    created_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);
-- One sign-in address, one person, in the whole installation.
CREATE UNIQUE INDEX persons_email ON persons (lower(email)) WHERE email IS NOT NULL;
CREATE INDEX persons_clinic ON persons (clinic_id, id);
GRANT SELECT, INSERT, UPDATE (display_name, email, external_id) ON persons TO vesper_app;

-- What a member of staff may do outside the rooms: run sessions, see every session, manage, read for billing.
CREATE TABLE staff_roles (
    clinic_id  uuid NOT NULL REFERENCES clinics,
    person_id  uuid NOT NULL REFERENCES persons,
    role       text NOT NULL CHECK (role IN ('facilitator', 'supervisor', 'administrator')),
    PRIMARY KEY (person_id, role)
);
GRANT SELECT, INSERT, DELETE ON staff_roles TO vesper_app;

CREATE TABLE credentials (
    id          uuid PRIMARY KEY,
    clinic_id   uuid NOT NULL REFERENCES clinics,
    person_id   uuid NOT NULL REFERENCES persons,
    kind        text NOT NULL,
    state       text NOT NULL,
    valid_from  date NOT NULL,
    valid_to    date
);
GRANT SELECT, INSERT ON credentials TO vesper_app;

CREATE TABLE family_ties (
    clinic_id         uuid NOT NULL REFERENCES clinics,
    client_id         uuid NOT NULL REFERENCES persons,
    family_member_id  uuid NOT NULL REFERENCES persons,
    tie               text NOT NULL,
    PRIMARY KEY (client_id, family_member_id)
);
GRANT SELECT, INSERT, DELETE ON family_ties TO vesper_app;

CREATE TABLE programs (
    id              uuid PRIMARY KEY,
    clinic_id       uuid NOT NULL REFERENCES clinics,
    name            text NOT NULL,
    timezone        text NOT NULL,
    week_start      text NOT NULL CHECK (week_start IN
                        ('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')),
    policy_id       text NOT NULL,
    policy_version  integer NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX programs_clinic ON programs (clinic_id, id);
GRANT SELECT, INSERT ON programs TO vesper_app;

CREATE TABLE enrolments (
    id             uuid PRIMARY KEY,
    clinic_id      uuid NOT NULL REFERENCES clinics,
    program_id     uuid NOT NULL REFERENCES programs,
    client_id      uuid NOT NULL REFERENCES persons,
    starts_on      date NOT NULL,
    ends_on        date,
    phase          text NOT NULL,
    required_s     integer NOT NULL CHECK (required_s >= 0),   -- credited seconds asked for, each week
    days_per_week  integer NOT NULL CHECK (days_per_week BETWEEN 0 AND 7),
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (ends_on IS NULL OR ends_on >= starts_on)
);
CREATE INDEX enrolments_program ON enrolments (clinic_id, program_id);
CREATE INDEX enrolments_client ON enrolments (client_id);
GRANT SELECT, INSERT, UPDATE (ends_on, phase, required_s, days_per_week) ON enrolments TO vesper_app;

CREATE TABLE coverages (
    id              uuid PRIMARY KEY,
    clinic_id       uuid NOT NULL REFERENCES clinics,
    enrolment_id    uuid NOT NULL REFERENCES enrolments,
    payer           text NOT NULL,
    payer_external_id text,
    policy_id       text NOT NULL,
    policy_version  integer NOT NULL,
    valid_from      date NOT NULL,
    valid_to        date
);
GRANT SELECT, INSERT ON coverages TO vesper_app;

-- 42 CFR Part 2: who may be told, for what, until when.
CREATE TABLE consents (
    id          uuid PRIMARY KEY,
    clinic_id   uuid NOT NULL REFERENCES clinics,
    client_id   uuid NOT NULL REFERENCES persons,
    recipient   text NOT NULL,
    purpose     text NOT NULL CHECK (purpose IN ('treatment_payment_operations', 'counselling_notes', 'legal')),
    signed_at   timestamptz NOT NULL,
    expires_at  timestamptz,
    revoked_at  timestamptz
);
CREATE INDEX consents_client ON consents (client_id, purpose);
GRANT SELECT, INSERT, UPDATE (revoked_at) ON consents TO vesper_app;

-- The schedule as staff see it. The arithmetic does not read it: it reads `session.planned` in the ledger.
CREATE TABLE sessions (
    id              uuid PRIMARY KEY,
    clinic_id       uuid NOT NULL REFERENCES clinics,
    program_id      uuid NOT NULL REFERENCES programs,
    parent_session  uuid REFERENCES sessions,
    pull_out        boolean NOT NULL DEFAULT false,
    kind            text NOT NULL,
    title           text NOT NULL DEFAULT '',
    timezone        text NOT NULL,
    starts_at       timestamptz NOT NULL,
    ends_at         timestamptz NOT NULL,
    blocks          json NOT NULL DEFAULT '[]',   -- [{kind, start, end}]
    breaks          json NOT NULL DEFAULT '[]',   -- [[start, end]]
    policy_id       text NOT NULL,
    policy_version  integer NOT NULL,
    policy_digest   text NOT NULL,
    revision        integer NOT NULL DEFAULT 1,   -- raised by each change of the plan
    created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    CHECK (ends_at > starts_at)
);
CREATE INDEX sessions_when ON sessions (clinic_id, starts_at);
GRANT SELECT, INSERT, UPDATE (title, starts_at, ends_at, blocks, breaks, revision) ON sessions TO vesper_app;

CREATE TABLE rosters (
    clinic_id     uuid NOT NULL REFERENCES clinics,
    session_id    uuid NOT NULL REFERENCES sessions,
    person_id     uuid NOT NULL REFERENCES persons,
    role          text NOT NULL CHECK (role IN
                      ('client', 'facilitator', 'co_facilitator', 'observer', 'family_member', 'interpreter')),
    enrolment_id  uuid REFERENCES enrolments,
    PRIMARY KEY (session_id, person_id)
);
CREATE INDEX rosters_person ON rosters (person_id, session_id);
GRANT SELECT, INSERT, DELETE ON rosters TO vesper_app;
