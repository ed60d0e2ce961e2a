-- A program's phases. What one asks of a week is a dated list: a change is a further row, and the row in force on a day
-- is the one with the latest date up to it. Enrolments held the name and the numbers of their phase themselves.

CREATE TABLE phases (
    clinic_id    uuid NOT NULL,
    id           uuid NOT NULL,
    program_id   uuid NOT NULL,
    position     integer NOT NULL CHECK (position > 0),   -- its place in the order of the program's phases
    name         text NOT NULL,
    usual_weeks  integer CHECK (usual_weeks > 0),
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (clinic_id, id),
    UNIQUE (clinic_id, program_id, id),
    FOREIGN KEY (clinic_id, program_id) REFERENCES programs (clinic_id, id)
);
GRANT SELECT, INSERT, UPDATE (position, name, usual_weeks) ON phases TO vesper_app;

CREATE TABLE phase_requirements (
    clinic_id      uuid NOT NULL,
    phase_id       uuid NOT NULL,
    number         bigint GENERATED ALWAYS AS IDENTITY,   -- among the rows of one date the last counts
    from_on        date NOT NULL,
    required_s     integer NOT NULL CHECK (required_s >= 0),
    days_per_week  integer NOT NULL CHECK (days_per_week BETWEEN 0 AND 7),
    kinds          text[] NOT NULL,                       -- the kinds that count; none: all of them
    by_id          uuid,
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (clinic_id, phase_id, number),
    FOREIGN KEY (clinic_id, phase_id) REFERENCES phases (clinic_id, id),
    FOREIGN KEY (clinic_id, by_id) REFERENCES persons (clinic_id, id)
);
GRANT SELECT, INSERT ON phase_requirements TO vesper_app;

-- Each phase that enrolments name becomes a row. Where enrolments ask different numbers under one name, each of these
-- is a phase of its own, and all but the most frequent carry a number behind the name.
ALTER TABLE enrolments ADD COLUMN phase_id uuid;
CREATE TEMPORARY TABLE named ON COMMIT DROP AS
    SELECT *, gen_random_uuid() AS id,
           row_number() OVER (PARTITION BY clinic_id, program_id ORDER BY phase, enrolled DESC) AS position,
           row_number() OVER (PARTITION BY clinic_id, program_id, phase ORDER BY enrolled DESC) AS variant
    FROM (SELECT clinic_id, program_id, phase, required_s, days_per_week, count(*) AS enrolled, min(starts_on) AS from_on
          FROM enrolments GROUP BY clinic_id, program_id, phase, required_s, days_per_week) AS found;
INSERT INTO phases (clinic_id, id, program_id, position, name)
    SELECT clinic_id, id, program_id, position, CASE variant WHEN 1 THEN phase ELSE format('%s (%s)', phase, variant) END
    FROM named;
INSERT INTO phase_requirements (clinic_id, phase_id, from_on, required_s, days_per_week, kinds)
    SELECT clinic_id, id, from_on, required_s, days_per_week, '{}' FROM named;
UPDATE enrolments SET phase_id = named.id FROM named
    WHERE enrolments.clinic_id = named.clinic_id AND enrolments.program_id = named.program_id
      AND enrolments.phase = named.phase AND enrolments.required_s = named.required_s
      AND enrolments.days_per_week = named.days_per_week;
ALTER TABLE enrolments
    ALTER COLUMN phase_id SET NOT NULL,
    ADD FOREIGN KEY (clinic_id, program_id, phase_id) REFERENCES phases (clinic_id, program_id, id),
    DROP COLUMN phase, DROP COLUMN required_s, DROP COLUMN days_per_week;
GRANT UPDATE (phase_id) ON enrolments TO vesper_app;
GRANT UPDATE (name) ON programs TO vesper_app;   -- who locks a row must be allowed to change it
