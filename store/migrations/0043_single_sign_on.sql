-- Single sign-on: the clinic's own provider, the accounts there that are linked with its staff, and the ways to it and back
-- that are under way. The provider's secret is encrypted with the clinic's data key; of an attempt only a digest is stored.

CREATE TABLE providers (
    clinic_id      uuid PRIMARY KEY REFERENCES clinics,
    issuer         text NOT NULL,
    client_id      text NOT NULL,
    client_secret  bytea NOT NULL,
    algorithms     text[] NOT NULL,
    label          text NOT NULL,
    factor_values  text[] NOT NULL,
    changed_at     timestamptz NOT NULL,
    changed_by     uuid NOT NULL,
    FOREIGN KEY (clinic_id, changed_by) REFERENCES persons (clinic_id, id)
);
GRANT SELECT, INSERT, DELETE,
      UPDATE (issuer, client_id, client_secret, algorithms, label, factor_values, changed_at, changed_by)
    ON providers TO vesper_app;

-- An account is linked with one person of the clinic, and a person with one account of a provider.
CREATE TABLE provider_accounts (
    clinic_id     uuid NOT NULL REFERENCES clinics,
    issuer        text NOT NULL,
    subject       text NOT NULL,
    person_id     uuid NOT NULL,
    methods       text[] NOT NULL,       -- what the last token said
    linked_at     timestamptz NOT NULL,
    last_used_at  timestamptz NOT NULL,
    PRIMARY KEY (clinic_id, issuer, subject),
    UNIQUE (clinic_id, person_id, issuer),
    FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id)
);
GRANT SELECT, INSERT, DELETE, UPDATE (methods, last_used_at) ON provider_accounts TO vesper_app;

CREATE TABLE provider_attempts (
    clinic_id      uuid NOT NULL REFERENCES clinics,
    id             uuid NOT NULL,
    secret_hash    bytea NOT NULL UNIQUE,
    purpose        text NOT NULL CHECK (purpose IN ('sign_in', 'invitation', 'link', 'confirm')),
    person_id      uuid,
    sign_in_id     uuid,
    invitation_id  uuid,
    begun_at       timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    PRIMARY KEY (clinic_id, id),
    FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id),
    FOREIGN KEY (clinic_id, sign_in_id) REFERENCES sign_ins (clinic_id, id),
    FOREIGN KEY (clinic_id, invitation_id) REFERENCES staff_invitations (clinic_id, id),
    CHECK ((purpose = 'sign_in') = (person_id IS NULL)),
    CHECK ((purpose IN ('link', 'confirm')) = (sign_in_id IS NOT NULL)),
    CHECK ((purpose = 'invitation') = (invitation_id IS NOT NULL))
);
CREATE INDEX provider_attempts_expired ON provider_attempts (clinic_id, expires_at);
GRANT SELECT, INSERT, DELETE ON provider_attempts TO vesper_app;

-- Whether the provider said at this sign-in that a second factor was given, and the clinic takes its word.
ALTER TABLE sign_ins ADD COLUMN factor_by_provider boolean NOT NULL DEFAULT false;
GRANT UPDATE (factor_by_provider) ON sign_ins TO vesper_app;
