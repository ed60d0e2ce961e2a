-- What a clinic keeps about clients beside the chart. Each part is a table of its own, so that it is erased and granted
-- for itself. persons.display_name stays the name to use.

CREATE TABLE client_records (
    clinic_id      uuid NOT NULL REFERENCES clinics,
    person_id      uuid NOT NULL,
    legal_name     text NOT NULL DEFAULT '',   -- empty: the same as the name to use
    date_of_birth  date,
    language       text,                       -- BCP 47
    timezone       text,                       -- IANA
    home_state     text,                       -- postal code
    revision       integer NOT NULL DEFAULT 1, -- raised by each change of the record, its contacts, its ids
    changed_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    changed_by     uuid,
    PRIMARY KEY (clinic_id, person_id),
    FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id),
    FOREIGN KEY (clinic_id, changed_by) REFERENCES persons (clinic_id, id)
);
CREATE INDEX client_records_born ON client_records (clinic_id, date_of_birth);
GRANT SELECT, INSERT, DELETE, UPDATE (legal_name, date_of_birth, language, timezone, home_state, revision, changed_at,
                                      changed_by) ON client_records TO vesper_app;

CREATE TABLE contact_ways (
    clinic_id          uuid NOT NULL REFERENCES clinics,
    person_id          uuid NOT NULL,
    position           integer NOT NULL,
    kind               text NOT NULL CHECK (kind IN ('mobile', 'phone', 'email')),
    value              text NOT NULL,
    may_leave_message  boolean NOT NULL,
    best_time          text NOT NULL DEFAULT '',
    PRIMARY KEY (clinic_id, person_id, position),
    FOREIGN KEY (clinic_id, person_id) REFERENCES client_records (clinic_id, person_id)
);
CREATE INDEX contact_ways_value ON contact_ways (clinic_id, kind, lower(value));
GRANT SELECT, INSERT, DELETE ON contact_ways TO vesper_app;

CREATE TABLE emergency_contacts (
    clinic_id  uuid NOT NULL REFERENCES clinics,
    person_id  uuid NOT NULL,
    name       text NOT NULL,
    relation   text NOT NULL DEFAULT '',
    phone      text NOT NULL,
    PRIMARY KEY (clinic_id, person_id),
    FOREIGN KEY (clinic_id, person_id) REFERENCES client_records (clinic_id, person_id)
);
GRANT SELECT, INSERT, DELETE ON emergency_contacts TO vesper_app;

CREATE TABLE external_ids (
    clinic_id  uuid NOT NULL REFERENCES clinics,
    system     text NOT NULL,
    value      text NOT NULL,
    person_id  uuid NOT NULL,
    PRIMARY KEY (clinic_id, system, value),
    FOREIGN KEY (clinic_id, person_id) REFERENCES client_records (clinic_id, person_id)
);
CREATE INDEX external_ids_person ON external_ids (clinic_id, person_id);
GRANT SELECT, INSERT, DELETE ON external_ids TO vesper_app;

CREATE TABLE diagnoses (
    clinic_id     uuid NOT NULL REFERENCES clinics,
    id            uuid NOT NULL,
    person_id     uuid NOT NULL,
    code          text NOT NULL,
    starts_on     date NOT NULL,
    ends_on       date,
    position      integer NOT NULL,
    added_by      uuid NOT NULL,
    added_at      timestamptz NOT NULL,
    withdrawn_by  uuid,                        -- who took it back, because it was never true
    withdrawn_at  timestamptz,
    PRIMARY KEY (clinic_id, id),
    FOREIGN KEY (clinic_id, person_id) REFERENCES client_records (clinic_id, person_id),
    FOREIGN KEY (clinic_id, added_by) REFERENCES persons (clinic_id, id),
    FOREIGN KEY (clinic_id, withdrawn_by) REFERENCES persons (clinic_id, id),
    CHECK (ends_on IS NULL OR ends_on >= starts_on)
);
CREATE INDEX diagnoses_person ON diagnoses (clinic_id, person_id, position);
GRANT SELECT, INSERT, DELETE, UPDATE (ends_on, position, withdrawn_by, withdrawn_at) ON diagnoses TO vesper_app;

-- What peers see of clients and guests, and saw: an alias is nobody else's for a year after it was given up.
CREATE TABLE aliases (
    clinic_id     uuid NOT NULL REFERENCES clinics,
    person_id     uuid NOT NULL,
    alias         text NOT NULL,
    skeleton      text NOT NULL,   -- what look-alikes share: domain/people/folding.py
    reserved_at   timestamptz NOT NULL,
    confirmed_at  timestamptz,     -- when its person agreed to it
    released_at   timestamptz,
    PRIMARY KEY (clinic_id, person_id, reserved_at),
    FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id)
);
CREATE UNIQUE INDEX aliases_of_one ON aliases (clinic_id, person_id) WHERE released_at IS NULL;
CREATE UNIQUE INDEX aliases_held ON aliases (clinic_id, skeleton) WHERE released_at IS NULL;
CREATE INDEX aliases_before ON aliases (clinic_id, skeleton, released_at);
GRANT SELECT, INSERT, DELETE, UPDATE (confirmed_at, released_at) ON aliases TO vesper_app;

-- People as staff search for them. `grams` are numbers of the pieces of `words`, different in each clinic, so that one
-- clinic's search reads nothing of another's. Filled by the application, which folds names (docs/decisions).
CREATE TABLE person_search (
    clinic_id  uuid NOT NULL REFERENCES clinics,
    person_id  uuid NOT NULL,
    sort_name  text COLLATE "C" NOT NULL,
    words      text COLLATE "C" NOT NULL,
    grams      integer[] NOT NULL,
    PRIMARY KEY (clinic_id, person_id),
    FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id)
);
CREATE INDEX person_search_order ON person_search (clinic_id, sort_name, person_id);
CREATE INDEX person_search_grams ON person_search USING gin (grams) WITH (fastupdate = off);
GRANT SELECT, INSERT, DELETE, UPDATE (sort_name, words, grams) ON person_search TO vesper_app;

-- Whoever is no member of staff was a client until now.
INSERT INTO client_records (clinic_id, person_id, changed_at)
SELECT clinic_id, id, created_at FROM persons
WHERE NOT EXISTS (SELECT FROM staff_roles
                  WHERE staff_roles.clinic_id = persons.clinic_id AND staff_roles.person_id = persons.id);
INSERT INTO contact_ways (clinic_id, person_id, position, kind, value, may_leave_message)
SELECT persons.clinic_id, persons.id, 0, 'email', email, false
FROM persons JOIN client_records ON client_records.clinic_id = persons.clinic_id AND person_id = persons.id
WHERE email IS NOT NULL;
INSERT INTO external_ids (clinic_id, system, value, person_id)
SELECT persons.clinic_id, 'record', external_id, persons.id
FROM persons JOIN client_records ON client_records.clinic_id = persons.clinic_id AND person_id = persons.id
WHERE external_id IS NOT NULL ON CONFLICT DO NOTHING;
