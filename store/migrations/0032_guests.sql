-- Guests: a tie to one client, a release (a consent whose recipient is a person), and links that rest on the release.

DROP TABLE family_ties;   -- no release wrote to it

CREATE TABLE ties (
    clinic_id           uuid NOT NULL REFERENCES clinics,
    guest_id            uuid NOT NULL,
    client_id           uuid NOT NULL,
    relation            text NOT NULL CHECK (relation IN ('parent', 'guardian', 'partner', 'child', 'sibling',
                            'relative', 'friend', 'sponsor', 'interpreter', 'support_person')),
    email               text,
    phone               text,
    language            text NOT NULL CHECK (language IN ('en', 'es')),
    guardian_name       text,                -- of a minor: who consented that they come
    guardian_signed_on  date,
    made_at             timestamptz NOT NULL,
    made_by             uuid NOT NULL,
    PRIMARY KEY (clinic_id, guest_id),
    FOREIGN KEY (clinic_id, guest_id) REFERENCES persons (clinic_id, id),
    FOREIGN KEY (clinic_id, client_id) REFERENCES persons (clinic_id, id),
    FOREIGN KEY (clinic_id, made_by) REFERENCES persons (clinic_id, id),
    CHECK (guest_id <> client_id),
    CHECK ((guardian_name IS NULL) = (guardian_signed_on IS NULL))
);
CREATE INDEX ties_client ON ties (clinic_id, client_id);
GRANT SELECT, INSERT ON ties TO vesper_app;

ALTER TABLE consents
    ALTER COLUMN recipient DROP NOT NULL,
    ADD COLUMN recipient_id  uuid,
    ADD COLUMN scopes        text[] NOT NULL DEFAULT '{}',
    ADD COLUMN text_version  text,
    ADD COLUMN text_digest   text,
    ADD COLUMN given         text CHECK (given IN ('browser', 'paper')),
    ADD COLUMN filed_by      uuid,
    ADD COLUMN filed_at      timestamptz,
    ADD COLUMN revoked_by    uuid,
    DROP CONSTRAINT consents_purpose_check,
    ADD CONSTRAINT consents_purpose_check CHECK (purpose IN
        ('treatment_payment_operations', 'counselling_notes', 'legal', 'involvement_in_care')),
    ADD CHECK ((recipient IS NULL) <> (recipient_id IS NULL)),
    ADD CHECK (scopes <@ ARRAY['attend', 'hear_progress', 'emergency_only']),
    ADD FOREIGN KEY (clinic_id, recipient_id) REFERENCES persons (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, filed_by) REFERENCES persons (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, revoked_by) REFERENCES persons (clinic_id, id);
GRANT UPDATE (revoked_by) ON consents TO vesper_app;

CREATE TABLE guest_links (
    clinic_id       uuid NOT NULL REFERENCES clinics,
    id              uuid NOT NULL,
    guest_id        uuid NOT NULL,
    consent_id      uuid NOT NULL,
    role            text NOT NULL CHECK (role IN ('family_member', 'interpreter', 'support_person')),
    session_id      uuid,                    -- for one session; or
    program_id      uuid,                    -- for every session of one program
    kind            text,                    -- and one kind
    until           date,                    -- up to this day
    secret_hash     bytea UNIQUE,            -- none until the mail that carries the link is sent
    created_at      timestamptz NOT NULL,
    created_by      uuid NOT NULL,
    expires_at      timestamptz NOT NULL,
    revoked_at      timestamptz,
    agreed_at       timestamptz,             -- when the guest agreed to the confidentiality rule
    agreed_version  text,
    PRIMARY KEY (clinic_id, id),
    FOREIGN KEY (clinic_id, guest_id) REFERENCES ties (clinic_id, guest_id),
    FOREIGN KEY (clinic_id, consent_id) REFERENCES consents (clinic_id, id),
    FOREIGN KEY (clinic_id, session_id) REFERENCES sessions (clinic_id, id),
    FOREIGN KEY (clinic_id, program_id) REFERENCES programs (clinic_id, id),
    FOREIGN KEY (clinic_id, created_by) REFERENCES persons (clinic_id, id),
    CHECK (num_nonnulls(program_id, kind, until) = CASE WHEN session_id IS NULL THEN 3 ELSE 0 END),
    CHECK ((agreed_at IS NULL) = (agreed_version IS NULL))
);
CREATE INDEX guest_links_guest ON guest_links (clinic_id, guest_id);
CREATE INDEX guest_links_consent ON guest_links (clinic_id, consent_id);
GRANT SELECT, INSERT, UPDATE (secret_hash, revoked_at, agreed_at, agreed_version) ON guest_links TO vesper_app;

-- A link ends with its release, whoever revokes it, and nodes hear of it as of any link.
CREATE FUNCTION consent_revoked() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    UPDATE guest_links SET revoked_at = NEW.revoked_at
    WHERE clinic_id = NEW.clinic_id AND consent_id = NEW.id AND revoked_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER consent_revoked AFTER UPDATE OF revoked_at ON consents
    FOR EACH ROW WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL) EXECUTE FUNCTION consent_revoked();
CREATE CONSTRAINT TRIGGER guest_link_revoked AFTER UPDATE OF revoked_at ON guest_links
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL)
    EXECUTE FUNCTION access_changed('link_revoked', 'id');

-- A guest is counted nowhere: they are no client, whichever way somebody tries. The argument names the client's column.
CREATE FUNCTION guests_are_no_clients() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    IF EXISTS (SELECT FROM ties
               WHERE clinic_id = NEW.clinic_id AND guest_id = (to_jsonb(NEW) ->> TG_ARGV[0])::uuid) THEN
        RAISE EXCEPTION 'a guest is no client' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guests_are_no_clients BEFORE INSERT ON enrolments
    FOR EACH ROW EXECUTE FUNCTION guests_are_no_clients('client_id');
CREATE TRIGGER guests_are_no_clients BEFORE INSERT ON rosters
    FOR EACH ROW WHEN (NEW.role = 'client') EXECUTE FUNCTION guests_are_no_clients('person_id');

ALTER TABLE rosters
    DROP CONSTRAINT rosters_role_check,
    ADD CONSTRAINT rosters_role_check CHECK (role IN ('client', 'facilitator', 'co_facilitator', 'observer',
        'family_member', 'interpreter', 'support_person'));
