-- What a clinic decides about a program: how many it takes, for whom it is meant, its texts, and its attendance policy
-- from a day on. Texts and policies are lists to which rows are added; none is overwritten.

ALTER TABLE programs
    ADD COLUMN capacity integer CHECK (capacity > 0),
    ADD COLUMN tags text[] NOT NULL DEFAULT '{}';
GRANT UPDATE (capacity, tags) ON programs TO vesper_app;

CREATE TABLE program_texts (
    clinic_id   uuid NOT NULL,
    program_id  uuid NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('welcome', 'rules')),
    version     integer NOT NULL CHECK (version > 0),
    text        text NOT NULL,
    digest      text NOT NULL,                        -- SHA-256 (hex) of the text
    by_id       uuid,
    at          timestamptz NOT NULL,
    PRIMARY KEY (clinic_id, program_id, kind, version),
    FOREIGN KEY (clinic_id, program_id) REFERENCES programs (clinic_id, id),
    FOREIGN KEY (clinic_id, by_id) REFERENCES persons (clinic_id, id)
);
GRANT SELECT, INSERT ON program_texts TO vesper_app;

-- Changes of the policy that the program began with.
CREATE TABLE program_policies (
    clinic_id       uuid NOT NULL,
    program_id      uuid NOT NULL,
    number          bigint GENERATED ALWAYS AS IDENTITY,   -- among the rows of one date the last counts
    from_on         date NOT NULL,
    policy_id       text NOT NULL,
    policy_version  integer NOT NULL,
    by_id           uuid,
    at              timestamptz NOT NULL,
    PRIMARY KEY (clinic_id, program_id, number),
    FOREIGN KEY (clinic_id, program_id) REFERENCES programs (clinic_id, id),
    FOREIGN KEY (clinic_id, by_id) REFERENCES persons (clinic_id, id)
);
GRANT SELECT, INSERT ON program_policies TO vesper_app;
GRANT UPDATE (policy_id, policy_version, policy_digest) ON sessions TO vesper_app;

-- What clients said of themselves so that a group fits them, each with their consent.
CREATE TABLE client_tags (
    clinic_id     uuid NOT NULL,
    client_id     uuid NOT NULL,
    tag           text NOT NULL,
    consented_at  timestamptz NOT NULL,
    by_id         uuid,
    PRIMARY KEY (clinic_id, client_id, tag),
    FOREIGN KEY (clinic_id, client_id) REFERENCES persons (clinic_id, id),
    FOREIGN KEY (clinic_id, by_id) REFERENCES persons (clinic_id, id)
);
GRANT SELECT, INSERT, DELETE ON client_tags TO vesper_app;
