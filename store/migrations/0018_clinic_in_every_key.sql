-- Every key names its clinic, and so does every reference: no row can belong to another clinic than what it points to,
-- and an existing engine can spread the tables by clinic_id. What has to be found before the clinic is known keeps a
-- key of its own beside: who signs in by an address, and secrets (tests/store/test_keys.py lists them with reasons).

ALTER TABLE passwords ADD COLUMN clinic_id uuid REFERENCES clinics;
UPDATE passwords SET clinic_id = persons.clinic_id FROM persons WHERE persons.id = person_id;
ALTER TABLE passwords ALTER COLUMN clinic_id SET NOT NULL;

-- What others refer to. The references go with the old key and come back below, each with its clinic.
ALTER TABLE persons       DROP CONSTRAINT persons_pkey CASCADE,       ADD PRIMARY KEY (clinic_id, id);
ALTER TABLE programs      DROP CONSTRAINT programs_pkey CASCADE,      ADD PRIMARY KEY (clinic_id, id);
ALTER TABLE enrolments    DROP CONSTRAINT enrolments_pkey CASCADE,    ADD PRIMARY KEY (clinic_id, id);
ALTER TABLE consents      DROP CONSTRAINT consents_pkey CASCADE,      ADD PRIMARY KEY (clinic_id, id);
ALTER TABLE sessions      DROP CONSTRAINT sessions_pkey CASCADE,      ADD PRIMARY KEY (clinic_id, id);
ALTER TABLE api_tokens    DROP CONSTRAINT api_tokens_pkey CASCADE,    ADD PRIMARY KEY (clinic_id, id);
ALTER TABLE data_keys     DROP CONSTRAINT data_keys_pkey CASCADE,     ADD PRIMARY KEY (clinic_id, id),
                          DROP CONSTRAINT data_keys_owner_id_key,     ADD UNIQUE (clinic_id, owner_id);
ALTER TABLE notes         DROP CONSTRAINT notes_pkey CASCADE,         ADD PRIMARY KEY (clinic_id, id);
ALTER TABLE note_versions DROP CONSTRAINT note_versions_pkey CASCADE, ADD PRIMARY KEY (clinic_id, note_id, version);
DROP INDEX persons_clinic, programs_clinic;   -- the primary keys serve what they served
DROP INDEX notes_one;
CREATE UNIQUE INDEX notes_one ON notes (clinic_id, session_id, client_id, kind, author_id) NULLS NOT DISTINCT;

ALTER TABLE staff_roles
    DROP CONSTRAINT staff_roles_pkey, ADD PRIMARY KEY (clinic_id, person_id, role),
    ADD FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id);
ALTER TABLE credentials
    DROP CONSTRAINT credentials_pkey, ADD PRIMARY KEY (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id);
ALTER TABLE family_ties
    DROP CONSTRAINT family_ties_pkey, ADD PRIMARY KEY (clinic_id, client_id, family_member_id),
    ADD FOREIGN KEY (clinic_id, client_id) REFERENCES persons (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, family_member_id) REFERENCES persons (clinic_id, id);
ALTER TABLE enrolments
    ADD FOREIGN KEY (clinic_id, program_id) REFERENCES programs (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, client_id) REFERENCES persons (clinic_id, id);
ALTER TABLE coverages
    DROP CONSTRAINT coverages_pkey, ADD PRIMARY KEY (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, enrolment_id) REFERENCES enrolments (clinic_id, id);
ALTER TABLE consents
    ADD FOREIGN KEY (clinic_id, client_id) REFERENCES persons (clinic_id, id);
ALTER TABLE sessions
    ADD FOREIGN KEY (clinic_id, program_id) REFERENCES programs (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, parent_session) REFERENCES sessions (clinic_id, id);
ALTER TABLE rosters
    DROP CONSTRAINT rosters_pkey, ADD PRIMARY KEY (clinic_id, session_id, person_id),
    ADD FOREIGN KEY (clinic_id, session_id) REFERENCES sessions (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, enrolment_id) REFERENCES enrolments (clinic_id, id);

ALTER TABLE passwords
    DROP CONSTRAINT passwords_pkey, ADD PRIMARY KEY (clinic_id, person_id),
    ADD FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id);
ALTER TABLE sign_ins
    DROP CONSTRAINT sign_ins_pkey, ADD PRIMARY KEY (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id);
ALTER TABLE join_links
    DROP CONSTRAINT join_links_pkey, ADD PRIMARY KEY (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, enrolment_id) REFERENCES enrolments (clinic_id, id);
ALTER TABLE notices
    DROP CONSTRAINT notices_pkey, ADD PRIMARY KEY (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id);
ALTER TABLE known_browsers
    DROP CONSTRAINT known_browsers_pkey, ADD PRIMARY KEY (clinic_id, person_id, secret_hash),
    ADD FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id);
ALTER TABLE access_audit
    DROP CONSTRAINT access_audit_pkey, ADD PRIMARY KEY (clinic_id, id);
ALTER TABLE access_changes
    DROP CONSTRAINT access_changes_pkey, ADD PRIMARY KEY (clinic_id, id);
CREATE INDEX access_changes_order ON access_changes (id);   -- nodes read those of all clinics, in order
ALTER TABLE disclosures
    DROP CONSTRAINT disclosures_pkey, ADD PRIMARY KEY (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, client_id) REFERENCES persons (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, api_token_id) REFERENCES api_tokens (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, consent_id) REFERENCES consents (clinic_id, id);

ALTER TABLE rooms
    DROP CONSTRAINT rooms_pkey, ADD PRIMARY KEY (clinic_id, session_id, epoch),
    ADD FOREIGN KEY (clinic_id, session_id) REFERENCES sessions (clinic_id, id);
DROP INDEX rooms_open;
CREATE UNIQUE INDEX rooms_open ON rooms (clinic_id, session_id) WHERE closed_at IS NULL;
ALTER TABLE liveness DROP CONSTRAINT liveness_pkey, ADD PRIMARY KEY (clinic_id, connection_id);

ALTER TABLE note_drafts
    DROP CONSTRAINT note_drafts_pkey, ADD PRIMARY KEY (clinic_id, note_id),
    ADD FOREIGN KEY (clinic_id, session_id) REFERENCES sessions (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, author_id) REFERENCES persons (clinic_id, id);
ALTER TABLE notes
    ADD FOREIGN KEY (clinic_id, session_id) REFERENCES sessions (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, client_id) REFERENCES persons (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, author_id) REFERENCES persons (clinic_id, id);
ALTER TABLE note_versions
    ADD FOREIGN KEY (clinic_id, note_id) REFERENCES notes (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, author_id) REFERENCES persons (clinic_id, id),
    ADD FOREIGN KEY (clinic_id, data_key_id) REFERENCES data_keys (clinic_id, id);
ALTER TABLE note_signatures
    DROP CONSTRAINT note_signatures_pkey, ADD PRIMARY KEY (clinic_id, note_id, version, signer_id),
    ADD FOREIGN KEY (clinic_id, note_id, version) REFERENCES note_versions (clinic_id, note_id, version),
    ADD FOREIGN KEY (clinic_id, signer_id) REFERENCES persons (clinic_id, id);

ALTER TABLE attendance_records
    DROP CONSTRAINT attendance_records_pkey, ADD PRIMARY KEY (clinic_id, session_id, client_id);
ALTER TABLE session_records DROP CONSTRAINT session_records_pkey, ADD PRIMARY KEY (clinic_id, session_id);
ALTER TABLE hour_totals
    DROP CONSTRAINT hour_totals_pkey, ADD PRIMARY KEY (clinic_id, program_id, client_id, week, kind);
ALTER TABLE statements_due DROP CONSTRAINT statements_due_pkey, ADD PRIMARY KEY (clinic_id, session_id);
ALTER TABLE set_aside_sessions
    DROP CONSTRAINT set_aside_sessions_pkey, ADD PRIMARY KEY (clinic_id, consumer, session_id);

-- What is looked up within a clinic is found by its clinic.
DROP INDEX enrolments_client, consents_client, rosters_person, join_links_enrolment, disclosures_client,
           liveness_session, note_drafts_session, attendance_records_client, hour_totals_client,
           set_aside_entries_session, set_aside_entries_stream;
CREATE INDEX enrolments_client ON enrolments (clinic_id, client_id);
CREATE INDEX consents_client ON consents (clinic_id, client_id, purpose);
CREATE INDEX rosters_person ON rosters (clinic_id, person_id, session_id);
CREATE INDEX join_links_enrolment ON join_links (clinic_id, enrolment_id);
CREATE INDEX disclosures_client ON disclosures (clinic_id, client_id, at);
CREATE INDEX liveness_session ON liveness (clinic_id, session_id);
CREATE INDEX note_drafts_session ON note_drafts (clinic_id, session_id);
CREATE INDEX attendance_records_client ON attendance_records (clinic_id, client_id, week);
CREATE INDEX hour_totals_client ON hour_totals (clinic_id, client_id, week);
CREATE INDEX set_aside_entries_session ON set_aside_entries (session_id, clinic_id);
CREATE INDEX set_aside_entries_stream ON set_aside_entries (clinic_id, stream, seq) WHERE stream IS NOT NULL;
