-- A ledger for each clinic: its facts in its own order, numbered from 1 without holes, so that no clinic waits for
-- another and nobody reads past another's facts. The application numbers them (store/ledger.py); the primary key guards
-- the numbers. This file makes the table, the next one fills it slice by slice, the third puts it in the old one's place.

CREATE TABLE ledger_of_each_clinic (
    clinic_id    uuid NOT NULL REFERENCES clinics,
    position     bigint NOT NULL,
    event_id     uuid NOT NULL,
    session_id   uuid NOT NULL,
    stream       text NOT NULL,          -- room:<session>:<epoch>, plan:<session>, statement:<session>, note:<session> ...
    seq          bigint NOT NULL,        -- in a room's stream: epoch * 2^32 + n
    type         text NOT NULL,
    v            integer NOT NULL,
    subject_id   uuid,                   -- the person the fact is about, where it is about one
    at           timestamptz NOT NULL,   -- the recording node's clock
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    body         json NOT NULL,          -- kept as text, byte for byte: it is what the hash covers
    hash         bytea NOT NULL,         -- the link: SHA-256(previous link of the stream || body)
    CONSTRAINT ledger_position PRIMARY KEY (clinic_id, position),
    CONSTRAINT ledger_event UNIQUE (clinic_id, event_id),
    CONSTRAINT ledger_stream_seq UNIQUE (clinic_id, stream, seq)
);

-- Each clinic's last position: who has news. Numbering does not rest on it.
CREATE TABLE ledger_heads (
    clinic_id  uuid PRIMARY KEY REFERENCES clinics,
    position   bigint NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON ledger_heads TO vesper_app;

-- Where each fact stood when one numbering served all clinics. Billers keep cursors from then: they stay good for ever.
CREATE TABLE positions_before (
    clinic_id     uuid NOT NULL REFERENCES clinics,
    old_position  bigint NOT NULL,
    position      bigint NOT NULL,
    PRIMARY KEY (clinic_id, old_position),
    UNIQUE (clinic_id, position)
);
CREATE INDEX positions_before_all ON positions_before (old_position);
GRANT SELECT ON positions_before TO vesper_app;

-- Copies the next facts of the old ledger, numbered clinic by clinic; returns how many there were.
CREATE FUNCTION copy_ledger(at_most bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    copied bigint;
BEGIN
    WITH next AS MATERIALIZED (
        SELECT * FROM ledger WHERE position > (SELECT coalesce(max(old_position), 0) FROM positions_before)
        ORDER BY position LIMIT at_most
    ), numbered AS MATERIALIZED (
        SELECT next.*, coalesce(ledger_heads.position, 0)
                       + row_number() OVER (PARTITION BY clinic_id ORDER BY next.position) AS own_position
        FROM next LEFT JOIN ledger_heads USING (clinic_id)
    ), heads AS (
        INSERT INTO ledger_heads (clinic_id, position) SELECT clinic_id, max(own_position) FROM numbered GROUP BY clinic_id
        ON CONFLICT (clinic_id) DO UPDATE SET position = excluded.position
    ), map AS (
        INSERT INTO positions_before (clinic_id, old_position, position)
        SELECT clinic_id, position, own_position FROM numbered
    )
    INSERT INTO ledger_of_each_clinic
        (clinic_id, position, event_id, session_id, stream, seq, type, v, subject_id, at, recorded_at, body, hash)
    SELECT clinic_id, own_position, event_id, session_id, stream, seq, type, v, subject_id, at, recorded_at, body, hash
    FROM numbered ORDER BY position;
    GET DIAGNOSTICS copied = ROW_COUNT;
    RETURN copied;
END $$;
