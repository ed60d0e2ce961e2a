-- A client's own log of mutual-help meetings, without the names of others. It is the client's: staff read it while the
-- client shares it, and nothing is derived from it.

CREATE TABLE meeting_log (
    clinic_id   uuid NOT NULL,
    id          uuid NOT NULL,
    client_id   uuid NOT NULL,
    met_on      date NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('twelve_step', 'secular', 'faith', 'other')),
    home_group  boolean NOT NULL,
    sponsor     boolean NOT NULL,
    PRIMARY KEY (clinic_id, id),
    FOREIGN KEY (clinic_id, client_id) REFERENCES persons (clinic_id, id)
);
CREATE INDEX meeting_log_client ON meeting_log (clinic_id, client_id, met_on);
GRANT SELECT, INSERT, DELETE ON meeting_log TO vesper_app;

CREATE TABLE meeting_log_shares (
    clinic_id  uuid NOT NULL,
    client_id  uuid NOT NULL,
    shared_at  timestamptz NOT NULL,
    PRIMARY KEY (clinic_id, client_id),
    FOREIGN KEY (clinic_id, client_id) REFERENCES persons (clinic_id, id)
);
GRANT SELECT, INSERT, DELETE ON meeting_log_shares TO vesper_app;
