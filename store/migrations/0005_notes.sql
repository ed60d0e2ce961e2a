-- The clinical record. Text is encrypted wherever it stands: drafts to the notes' public key (a signaling node can
-- seal and not open), versions with a data key per client (or per session, for the group's note), itself wrapped.

-- What was typed and is not a version yet. `note_id` is that of the note it belongs to, whether or not that one stands
-- already: it follows from session, client, kind and author (domain/notes.py).
CREATE TABLE note_drafts (
    note_id     uuid PRIMARY KEY,
    clinic_id   uuid NOT NULL REFERENCES clinics,
    session_id  uuid NOT NULL REFERENCES sessions,
    client_id   uuid,                     -- NULL: the note about the whole group
    kind        text NOT NULL CHECK (kind IN ('progress', 'private_reflection', 'sud_counselling')),
    author_id   uuid NOT NULL REFERENCES persons,
    revision    bigint NOT NULL,
    at          timestamptz NOT NULL,
    key_id      text NOT NULL,
    sealed      bytea NOT NULL
);
CREATE INDEX note_drafts_session ON note_drafts (session_id);
GRANT SELECT, INSERT, UPDATE (revision, at, key_id, sealed), DELETE ON note_drafts TO vesper_app;

CREATE TABLE data_keys (
    id           uuid PRIMARY KEY,
    clinic_id    uuid NOT NULL REFERENCES clinics,
    owner_id     uuid NOT NULL UNIQUE,    -- the client, or the session of a group's note
    wrapping_key_id text NOT NULL,
    wrapped      bytea NOT NULL
);
GRANT SELECT, INSERT, UPDATE (wrapping_key_id, wrapped) ON data_keys TO vesper_app;

CREATE TABLE notes (
    id          uuid PRIMARY KEY,
    clinic_id   uuid NOT NULL REFERENCES clinics,
    session_id  uuid NOT NULL REFERENCES sessions,
    client_id   uuid REFERENCES persons,
    kind        text NOT NULL CHECK (kind IN ('progress', 'private_reflection', 'sud_counselling')),
    author_id   uuid NOT NULL REFERENCES persons,
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE UNIQUE INDEX notes_one ON notes (session_id, client_id, kind, author_id) NULLS NOT DISTINCT;
GRANT SELECT, INSERT ON notes TO vesper_app;

CREATE TABLE note_versions (
    note_id     uuid NOT NULL REFERENCES notes,
    version     integer NOT NULL,
    clinic_id   uuid NOT NULL REFERENCES clinics,
    author_id   uuid NOT NULL REFERENCES persons,
    at          timestamptz NOT NULL,
    data_key_id uuid NOT NULL REFERENCES data_keys,
    nonce       bytea NOT NULL,           -- part of the signed digest, so that equal texts show no equal digests
    ciphertext  bytea NOT NULL,
    digest      text NOT NULL,            -- SHA-256 (hex) of nonce and NFC text
    PRIMARY KEY (note_id, version)
);
GRANT SELECT, INSERT ON note_versions TO vesper_app;

CREATE TABLE note_signatures (
    note_id    uuid NOT NULL,
    version    integer NOT NULL,
    clinic_id  uuid NOT NULL REFERENCES clinics,
    signer_id  uuid NOT NULL REFERENCES persons,
    at         timestamptz NOT NULL,
    digest     text NOT NULL,
    PRIMARY KEY (note_id, version, signer_id),
    FOREIGN KEY (note_id, version) REFERENCES note_versions
);
GRANT SELECT, INSERT ON note_signatures TO vesper_app;
