-- Projections: derived from the ledger by the workers, and thrown away and rebuilt to the same bytes by `vesper rebuild`.

CREATE TABLE attendance_records (
    session_id         uuid NOT NULL,
    client_id          uuid NOT NULL,
    clinic_id          uuid NOT NULL REFERENCES clinics,
    program_id         uuid,
    service_date       date NOT NULL,
    week               date NOT NULL,     -- the first day of its week, by its policy
    status             text NOT NULL,
    connected_s        integer NOT NULL,
    credited_s         integer NOT NULL,
    billable_s         integer NOT NULL,
    late_s             integer,
    record             json NOT NULL,     -- the whole record, with derivation and evidence
    through_position   bigint NOT NULL,   -- the last ledger position of this session it rests on
    PRIMARY KEY (session_id, client_id)
);
CREATE INDEX attendance_records_client ON attendance_records (client_id, week);
GRANT SELECT, INSERT, UPDATE, DELETE ON attendance_records TO vesper_app;

CREATE TABLE session_records (
    session_id           uuid PRIMARY KEY,
    clinic_id            uuid NOT NULL REFERENCES clinics,
    program_id           uuid,
    service_date         date NOT NULL,
    week                 date NOT NULL,
    net_s                integer NOT NULL,
    facilitator_gap_s    integer NOT NULL,
    participant_count    integer NOT NULL,
    final                boolean NOT NULL,      -- it has ended, and every epoch of its room is here whole
    earliest_start       timestamptz NOT NULL,  -- all the windows it was ever planned or extended to lie from here
    latest_end           timestamptz NOT NULL,  -- to here: who overlaps is worked out together
    policy_id            text NOT NULL,
    policy_version       integer NOT NULL,
    policy_digest        text NOT NULL,
    record               json NOT NULL,         -- the whole record but for its clients
    through_position     bigint NOT NULL
);
GRANT SELECT, INSERT, UPDATE, DELETE ON session_records TO vesper_app;

CREATE TABLE hour_totals (
    clinic_id     uuid NOT NULL REFERENCES clinics,
    program_id    uuid NOT NULL,
    client_id     uuid NOT NULL,
    week          date NOT NULL,          -- the program's first day of that week
    kind          text NOT NULL,          -- the service's kind (a block's, where a session has blocks)
    credited_s    integer NOT NULL,
    billable_s    integer NOT NULL,
    sessions      integer NOT NULL,
    PRIMARY KEY (program_id, client_id, week, kind)
);
CREATE INDEX hour_totals_client ON hour_totals (client_id, week);
GRANT SELECT, INSERT, UPDATE, DELETE ON hour_totals TO vesper_app;

-- Sessions whose statements are to be compared with their records, and from when on. Not derived: a list of things to
-- do, emptied by doing them. What was stated stands in the ledger.
CREATE TABLE statements_due (
    session_id  uuid PRIMARY KEY,
    clinic_id   uuid NOT NULL REFERENCES clinics,
    due_at      timestamptz NOT NULL
);
CREATE INDEX statements_due_when ON statements_due (due_at);
GRANT SELECT, INSERT, UPDATE (due_at), DELETE ON statements_due TO vesper_app;
