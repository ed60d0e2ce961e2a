-- Projections: derived from the ledger by the workers, and thrown away and rebuilt to the same bytes by `vesper rebuild`.

CREATE TABLE attendance_records (
    session_id         uuid NOT NULL,
    client_id          uuid NOT NULL,
    clinic_id          uuid NOT NULL REFERENCES clinics,
    service_date       date NOT NULL,
    status             text NOT NULL,
    connected_s        integer NOT NULL,
    credited_s         integer NOT NULL,
    billable_s         integer NOT NULL,
    late_s             integer,
    record             json NOT NULL,     -- the whole record, with derivation and evidence
    through_position   bigint NOT NULL,   -- the last ledger position of this session it rests on
    PRIMARY KEY (session_id, client_id)
);
CREATE INDEX attendance_records_client ON attendance_records (client_id, service_date);
GRANT SELECT, INSERT, UPDATE, DELETE ON attendance_records TO vesper_app;

CREATE TABLE session_records (
    session_id           uuid PRIMARY KEY,
    clinic_id            uuid NOT NULL REFERENCES clinics,
    service_date         date NOT NULL,
    net_s                integer NOT NULL,
    facilitator_gap_s    integer NOT NULL,
    participant_count    integer NOT NULL,
    final                boolean NOT NULL,
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
