-- Licences of staff, what the kinds of sessions ask for, and what a clinic does where a licence is missing. Nothing is
-- overwritten: what was wrong is withdrawn and written again.

ALTER TABLE credentials RENAME TO licences;   -- no release wrote to it
ALTER TABLE licences RENAME COLUMN valid_from TO from_on;
ALTER TABLE licences RENAME COLUMN valid_to TO to_on;
ALTER TABLE licences
    ADD COLUMN number        text NOT NULL,
    ADD COLUMN npi           text,
    ADD COLUMN recorded_at   timestamptz NOT NULL,
    ADD COLUMN recorded_by   uuid NOT NULL,
    ADD COLUMN withdrawn_at  timestamptz,
    ADD COLUMN withdrawn_by  uuid,
    ADD FOREIGN KEY (clinic_id, recorded_by) REFERENCES persons (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, withdrawn_by) REFERENCES persons (clinic_id, id),
    ADD CHECK (state ~ '^[A-Z]{2}$'),
    ADD CHECK (npi ~ '^[0-9]{10}$'),
    ADD CHECK (to_on >= from_on),
    ADD CHECK (kind IN ('counsellor', 'addiction_counsellor', 'social_worker', 'marriage_family', 'psychologist',
                        'nurse', 'nurse_practitioner', 'physician_assistant', 'physician', 'peer_specialist'));
CREATE INDEX licences_person ON licences (clinic_id, person_id) WHERE withdrawn_at IS NULL;
GRANT UPDATE (withdrawn_at, withdrawn_by) ON licences TO vesper_app;

-- From a day on, sessions and blocks of a kind ask for this. The last word about a day counts.
CREATE TABLE licence_rules (
    clinic_id  uuid NOT NULL REFERENCES clinics,
    kind       text NOT NULL,
    from_on    date NOT NULL,
    asked      text NOT NULL CHECK (asked IN ('none', 'clinician', 'prescriber')),
    set_at     timestamptz NOT NULL,
    set_by     uuid NOT NULL,
    PRIMARY KEY (clinic_id, kind, from_on),
    FOREIGN KEY (clinic_id, set_by) REFERENCES persons (clinic_id, id)
);
GRANT SELECT, INSERT, UPDATE (asked, set_at, set_by) ON licence_rules TO vesper_app;

-- Without a row, a clinic warns.
CREATE TABLE licence_policies (
    clinic_id   uuid PRIMARY KEY REFERENCES clinics,
    policy      text NOT NULL CHECK (policy IN ('warn', 'refuse')),
    changed_at  timestamptz NOT NULL,
    changed_by  uuid NOT NULL,
    FOREIGN KEY (clinic_id, changed_by) REFERENCES persons (clinic_id, id)
);
GRANT SELECT, INSERT, UPDATE (policy, changed_at, changed_by) ON licence_policies TO vesper_app;
