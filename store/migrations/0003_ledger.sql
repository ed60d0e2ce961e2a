-- The truth. Append-only by privilege: the application may read, and insert the columns that are its own.

CREATE TABLE ledger (
    position     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id     uuid NOT NULL UNIQUE,
    clinic_id    uuid NOT NULL REFERENCES clinics,
    session_id   uuid NOT NULL,
    stream       text NOT NULL,          -- room:<session>:<epoch>, plan:<session>, statement:<session>, note:<session> ...
    seq          bigint NOT NULL,        -- in a room's stream: epoch * 2^32 + n
    type         text NOT NULL,
    v            integer NOT NULL,
    subject_id   uuid,                   -- the person the fact is about, where it is about one
    at           timestamptz NOT NULL,   -- the recording node's clock
    recorded_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    body         json NOT NULL,          -- kept as text, byte for byte: it is what the hash covers
    hash         bytea NOT NULL,         -- SHA-256(previous hash of the stream || body)
    UNIQUE (stream, seq)
);
CREATE INDEX ledger_session ON ledger (session_id, position);
GRANT SELECT ON ledger TO vesper_app;
GRANT INSERT (event_id, clinic_id, session_id, stream, seq, type, v, subject_id, at, body, hash) ON ledger TO vesper_app;

-- Positions have no holes: writers take turns (store/ledger.py), and each insert first sets the sequence back to the
-- last position that was committed, so what a rolled-back turn had drawn is drawn again. A writer that takes no turn
-- collides on the primary key: it fails, and no reader is misled.
CREATE FUNCTION ledger_without_holes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    PERFORM setval(pg_get_serial_sequence('ledger', 'position'), coalesce(max(position), 0) + 1, false) FROM ledger;
    RETURN NULL;
END $$;
CREATE TRIGGER without_holes BEFORE INSERT ON ledger FOR EACH STATEMENT EXECUTE FUNCTION ledger_without_holes();

CREATE FUNCTION ledger_wake() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('ledger', '');
    RETURN NULL;
END $$;
CREATE TRIGGER wake AFTER INSERT ON ledger FOR EACH STATEMENT EXECUTE FUNCTION ledger_wake();

-- How far a consumer has read.
CREATE TABLE cursors (
    consumer    text PRIMARY KEY,
    position    bigint NOT NULL,
    advanced_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT, INSERT, UPDATE ON cursors TO vesper_app;
