-- Somebody asks: an inquiry and its dated steps. Who asks is no client until they are admitted.

CREATE TABLE inquiries (
    clinic_id          uuid NOT NULL,
    id                 uuid NOT NULL,
    program_id         uuid NOT NULL,
    name               text NOT NULL,
    reach              text NOT NULL,                -- a number or an address, as they gave it
    may_leave_message  boolean NOT NULL,
    heard              text NOT NULL DEFAULT '',
    urgencies          text[] NOT NULL DEFAULT '{}',
    priorities         text[] NOT NULL DEFAULT '{}',
    asked_at           timestamptz NOT NULL,
    state              text NOT NULL CHECK (state IN
                           ('asked', 'screened', 'intake', 'assessed', 'waiting', 'admitted', 'referred', 'declined')),
    person_id          uuid,                         -- once an intake is planned
    enrolment_id       uuid,                         -- once they are admitted
    PRIMARY KEY (clinic_id, id),
    FOREIGN KEY (clinic_id, program_id) REFERENCES programs (clinic_id, id),
    FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id),
    FOREIGN KEY (clinic_id, enrolment_id) REFERENCES enrolments (clinic_id, id)
);
CREATE INDEX inquiries_state ON inquiries (clinic_id, state, asked_at);
GRANT SELECT, INSERT, UPDATE (state, person_id, enrolment_id, priorities) ON inquiries TO vesper_app;

-- A step is added and never changed. `said` is what people wrote and answered, encrypted with the inquiry's own key.
CREATE TABLE inquiry_steps (
    clinic_id    uuid NOT NULL,
    id           uuid NOT NULL,
    inquiry_id   uuid NOT NULL,
    number       bigint GENERATED ALWAYS AS IDENTITY,
    kind         text NOT NULL,
    on_day       date NOT NULL,
    at           timestamptz NOT NULL,
    by_id        uuid NOT NULL,
    codes        json NOT NULL DEFAULT '{}',
    data_key_id  uuid,
    said         bytea,
    PRIMARY KEY (clinic_id, id),
    FOREIGN KEY (clinic_id, inquiry_id) REFERENCES inquiries (clinic_id, id),
    FOREIGN KEY (clinic_id, by_id) REFERENCES persons (clinic_id, id),
    FOREIGN KEY (clinic_id, data_key_id) REFERENCES data_keys (clinic_id, id)
);
CREATE INDEX inquiry_steps_order ON inquiry_steps (clinic_id, inquiry_id, number);
GRANT SELECT, INSERT ON inquiry_steps TO vesper_app;

-- What the clinic asks, which clocks run, and which reasons it knows: versions with the day from which each holds.
CREATE TABLE way_rules (
    clinic_id    uuid NOT NULL REFERENCES clinics,
    kind         text NOT NULL CHECK (kind IN ('questions', 'clocks', 'reasons', 'summaries')),
    number       bigint GENERATED ALWAYS AS IDENTITY,
    from_on      date NOT NULL,
    rules        json NOT NULL,
    by_id        uuid NOT NULL,
    recorded_at  timestamptz NOT NULL,
    PRIMARY KEY (clinic_id, kind, number),
    FOREIGN KEY (clinic_id, by_id) REFERENCES persons (clinic_id, id)
);
GRANT SELECT, INSERT ON way_rules TO vesper_app;

-- A link may lead to a session alone: somebody who comes to an intake has no enrolment.
ALTER TABLE join_links ALTER COLUMN enrolment_id DROP NOT NULL;
