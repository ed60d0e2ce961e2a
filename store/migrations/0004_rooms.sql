-- The live side: which node holds which room, and when each open connection was last seen. Evidence, not truth.

CREATE TABLE nodes (
    id           text PRIMARY KEY,
    url          text NOT NULL,           -- where a browser finds it
    rooms        integer NOT NULL DEFAULT 0,
    lease_until  timestamptz NOT NULL,
    since        timestamptz NOT NULL DEFAULT clock_timestamp(),   -- it has renewed without a break from then on
    draining     boolean NOT NULL DEFAULT false
);
GRANT SELECT, INSERT, UPDATE, DELETE ON nodes TO vesper_app;

CREATE TABLE rooms (
    session_id  uuid NOT NULL REFERENCES sessions,
    epoch       integer NOT NULL,
    clinic_id   uuid NOT NULL REFERENCES clinics,
    node_id     text NOT NULL,
    opened_at   timestamptz NOT NULL,
    closed_at   timestamptz,
    PRIMARY KEY (session_id, epoch)
);
-- At most one epoch of a session is open.
CREATE UNIQUE INDEX rooms_open ON rooms (session_id) WHERE closed_at IS NULL;
GRANT SELECT, INSERT, UPDATE (closed_at) ON rooms TO vesper_app;

CREATE TABLE liveness (
    connection_id  uuid PRIMARY KEY,
    clinic_id      uuid NOT NULL REFERENCES clinics,
    session_id     uuid NOT NULL,
    epoch          integer NOT NULL,
    last_seen      timestamptz NOT NULL,
    witness        text NOT NULL          -- socket, media, consent, heartbeat
);
CREATE INDEX liveness_session ON liveness (session_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON liveness TO vesper_app;
