-- On which UTC days a session reaches for whom who ever was its client. Sessions that share a client and a day may
-- overlap and are worked out together: found from the clients, however many groups meet at the same hour. Derived.

CREATE TABLE client_days (
    clinic_id   uuid NOT NULL REFERENCES clinics,
    client_id   uuid NOT NULL,
    day         date NOT NULL,
    session_id  uuid NOT NULL,
    PRIMARY KEY (clinic_id, client_id, day, session_id)
);
GRANT SELECT, INSERT, DELETE ON client_days TO vesper_app;

INSERT INTO client_days (clinic_id, client_id, day, session_id)
SELECT clinic_id, client_id, day::date, session_id
FROM attendance_records JOIN session_records USING (session_id, clinic_id)
CROSS JOIN LATERAL generate_series((earliest_start AT TIME ZONE 'UTC')::date, (latest_end AT TIME ZONE 'UTC')::date,
                                   interval '1 day') AS day;

DROP INDEX session_records_reach;
