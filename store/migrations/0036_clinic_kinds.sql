-- Kinds of sessions that a clinic names itself, such as yoga. Each counts as one of the product's kinds, for ever.

CREATE TABLE clinic_kinds (
    clinic_id   uuid NOT NULL REFERENCES clinics,
    id          uuid NOT NULL,
    name        text NOT NULL,
    counts_as   text NOT NULL,
    in_use      boolean NOT NULL DEFAULT true,       -- whether it is offered when a session is planned
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (clinic_id, id)
);
GRANT SELECT, INSERT, UPDATE (name, in_use) ON clinic_kinds TO vesper_app;

ALTER TABLE sessions
    ADD COLUMN own_kind uuid,
    ADD FOREIGN KEY (clinic_id, own_kind) REFERENCES clinic_kinds (clinic_id, id);
