-- The dated acts of an enrolment: nothing is overwritten, an act can only be withdrawn by a later one. What an enrolment's
-- own row says of its days is derived from them (store/programs/enrolments.py).

CREATE TABLE acts (
    clinic_id      uuid NOT NULL,
    id             uuid NOT NULL,
    enrolment_id   uuid NOT NULL,
    number         bigint GENERATED ALWAYS AS IDENTITY,   -- the order of recording
    kind           text NOT NULL CHECK (kind IN ('admitted', 'phase', 'leave', 'returned', 'discharged', 'readmitted')),
    from_on        date NOT NULL,                         -- the first day on which it holds, in the program's zone
    phase_id       uuid,
    reason         text NOT NULL DEFAULT '',
    by_id          uuid,                                  -- NULL: taken over from before acts were recorded
    recorded_at    timestamptz NOT NULL,
    withdrawn_at   timestamptz,
    withdrawn_by   uuid,
    PRIMARY KEY (clinic_id, id),
    FOREIGN KEY (clinic_id, enrolment_id) REFERENCES enrolments (clinic_id, id),
    FOREIGN KEY (clinic_id, phase_id) REFERENCES phases (clinic_id, id),
    FOREIGN KEY (clinic_id, by_id) REFERENCES persons (clinic_id, id),
    FOREIGN KEY (clinic_id, withdrawn_by) REFERENCES persons (clinic_id, id)
);
CREATE INDEX acts_enrolment ON acts (clinic_id, enrolment_id, from_on, number);
GRANT SELECT, INSERT, UPDATE (withdrawn_at, withdrawn_by) ON acts TO vesper_app;

-- What was written beside an act, encrypted with the client's key: words are in no fact.
CREATE TABLE act_words (
    clinic_id    uuid NOT NULL,
    act_id       uuid NOT NULL,
    data_key_id  uuid NOT NULL,
    words        bytea NOT NULL,
    PRIMARY KEY (clinic_id, act_id),
    FOREIGN KEY (clinic_id, act_id) REFERENCES acts (clinic_id, id),
    FOREIGN KEY (clinic_id, data_key_id) REFERENCES data_keys (clinic_id, id)
);
GRANT SELECT, INSERT ON act_words TO vesper_app;

-- Places on rosters of groups that a leave or a discharge has emptied. They are filled again if the act is withdrawn.
CREATE TABLE paused_places (
    clinic_id     uuid NOT NULL,
    session_id    uuid NOT NULL,
    person_id     uuid NOT NULL,
    enrolment_id  uuid,
    PRIMARY KEY (clinic_id, session_id, person_id),
    FOREIGN KEY (clinic_id, session_id) REFERENCES sessions (clinic_id, id),
    FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id),
    FOREIGN KEY (clinic_id, enrolment_id) REFERENCES enrolments (clinic_id, id)
);
GRANT SELECT, INSERT, DELETE ON paused_places TO vesper_app;

INSERT INTO acts (clinic_id, id, enrolment_id, kind, from_on, phase_id, recorded_at)
    SELECT clinic_id, gen_random_uuid(), id, 'admitted', starts_on, phase_id, created_at FROM enrolments ORDER BY created_at;
INSERT INTO acts (clinic_id, id, enrolment_id, kind, from_on, reason, recorded_at)
    SELECT clinic_id, gen_random_uuid(), id, 'discharged', ends_on + 1, 'other', created_at FROM enrolments
    WHERE ends_on IS NOT NULL ORDER BY created_at;

-- Who is discharged on the day of the admission has no day at all: their last day is the one before the first.
ALTER TABLE enrolments DROP CONSTRAINT enrolments_check, ADD CHECK (ends_on IS NULL OR ends_on >= starts_on - 1),
    ADD COLUMN place_changed_at timestamptz;
GRANT UPDATE (starts_on, place_changed_at) ON enrolments TO vesper_app;

-- A change of days that are still far off breaks nobody's evening: it is not announced.
DROP TRIGGER enrolment_changed ON enrolments;
CREATE CONSTRAINT TRIGGER enrolment_changed AFTER UPDATE OF place_changed_at ON enrolments
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.place_changed_at IS DISTINCT FROM NEW.place_changed_at)
    EXECUTE FUNCTION access_changed('place_changed', 'client_id');
