-- What is erased when. The application's role decides nothing here: it lists, holds and postpones, and calls two functions,
-- which check the holds, the thirty days and the shortest times for themselves, and note how many they erased.

-- Longer than what ships (domain/privacy/retention.py); the latest row of a kind of record counts.
CREATE TABLE retention_rules (
    clinic_id    uuid NOT NULL REFERENCES clinics,
    record       text NOT NULL,
    number       bigint GENERATED ALWAYS AS IDENTITY,
    keep         integer NOT NULL CHECK (keep BETWEEN 1 AND 36500),   -- years or days, as the record's rule counts
    by_id        uuid NOT NULL,
    recorded_at  timestamptz NOT NULL,
    PRIMARY KEY (clinic_id, record, number),
    FOREIGN KEY (clinic_id, by_id) REFERENCES persons (clinic_id, id)
);
GRANT SELECT, INSERT ON retention_rules TO vesper_app;

-- A hold stops everything about a person: a suit, an audit, a complaint.
CREATE TABLE legal_holds (
    clinic_id    uuid NOT NULL REFERENCES clinics,
    id           uuid NOT NULL,
    person_id    uuid NOT NULL,
    reason       text NOT NULL,
    held_at      timestamptz NOT NULL,
    held_by      uuid NOT NULL,
    released_at  timestamptz,
    released_by  uuid,
    PRIMARY KEY (clinic_id, id),
    FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id),
    FOREIGN KEY (clinic_id, held_by) REFERENCES persons (clinic_id, id),
    FOREIGN KEY (clinic_id, released_by) REFERENCES persons (clinic_id, id),
    CHECK ((released_at IS NULL) = (released_by IS NULL))
);
CREATE INDEX legal_holds_person ON legal_holds (clinic_id, person_id) WHERE released_at IS NULL;
GRANT SELECT, INSERT, UPDATE (released_at, released_by) ON legal_holds TO vesper_app;

-- Clients who will be erased. Nobody but this table's default says when somebody was listed.
CREATE TABLE erasures (
    clinic_id        uuid NOT NULL REFERENCES clinics,
    person_id        uuid NOT NULL,
    due_on           date NOT NULL,
    listed_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    postponed_until  date,
    postponed_by     uuid,
    PRIMARY KEY (clinic_id, person_id),
    FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id),
    FOREIGN KEY (clinic_id, postponed_by) REFERENCES persons (clinic_id, id),
    CHECK ((postponed_until IS NULL) = (postponed_by IS NULL))
);
CREATE INDEX erasures_due ON erasures (clinic_id, due_on);
GRANT SELECT, INSERT (clinic_id, person_id, due_on), UPDATE (due_on, postponed_until, postponed_by), DELETE ON erasures
    TO vesper_app;

-- What was done: no names, no ids.
CREATE TABLE erased_counts (
    clinic_id  uuid NOT NULL REFERENCES clinics,
    day        date NOT NULL,
    record     text NOT NULL,
    erased     bigint NOT NULL,
    PRIMARY KEY (clinic_id, day, record)
);
GRANT SELECT ON erased_counts TO vesper_app;

-- Aliases of people who were erased, as look-alikes share them, so that nobody else gets one within the year.
CREATE TABLE spent_aliases (
    clinic_id    uuid NOT NULL REFERENCES clinics,
    skeleton     text NOT NULL,
    released_at  timestamptz NOT NULL,
    PRIMARY KEY (clinic_id, skeleton)
);
GRANT SELECT ON spent_aliases TO vesper_app;

-- The row of an erased person stays as an id without a name: facts, records and signatures refer to it. A destroyed key
-- stays as an empty row, so that no second key is ever made for its owner.
ALTER TABLE persons ADD COLUMN erased_at timestamptz;
ALTER TABLE data_keys ADD COLUMN destroyed_at timestamptz;

-- An inquiry goes with its steps, and with the key that encrypts what was said.
ALTER TABLE inquiry_steps
    DROP CONSTRAINT inquiry_steps_clinic_id_inquiry_id_fkey,
    ADD FOREIGN KEY (clinic_id, inquiry_id) REFERENCES inquiries (clinic_id, id) ON DELETE CASCADE;
CREATE FUNCTION inquiry_erased() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM data_keys WHERE clinic_id = OLD.clinic_id AND owner_id = OLD.id;
    RETURN NULL;
END $$;
CREATE TRIGGER with_its_key AFTER DELETE ON inquiries FOR EACH ROW EXECUTE FUNCTION inquiry_erased();

CREATE FUNCTION is_held(of_clinic uuid, persons uuid[]) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (SELECT FROM legal_holds
                   WHERE clinic_id = of_clinic AND person_id = ANY(persons) AND released_at IS NULL)
$$;

-- Every row that goes by its age: of which kind of record, since when its time runs, and about whom. No view: a table on
-- which a view rests cannot be partitioned.
CREATE FUNCTION ageing(of_clinic uuid)
RETURNS TABLE (record text, of_table oid, row_id tid, since timestamptz, persons uuid[]) LANGUAGE sql STABLE AS $$
SELECT 'inquiry', tableoid, ctid,
       (SELECT max(at) FROM inquiry_steps
        WHERE inquiry_steps.clinic_id = inquiries.clinic_id AND inquiry_id = inquiries.id), '{}'::uuid[]
FROM inquiries WHERE clinic_id = of_clinic AND state IN ('referred', 'declined') AND person_id IS NULL
UNION ALL
SELECT 'consent', tableoid, ctid, coalesce(revoked_at, expires_at), ARRAY[client_id]
FROM consents
WHERE clinic_id = of_clinic AND coalesce(revoked_at, expires_at) IS NOT NULL
  AND NOT EXISTS (SELECT FROM disclosures
                  WHERE disclosures.clinic_id = consents.clinic_id AND consent_id = consents.id)
  AND NOT EXISTS (SELECT FROM guest_links
                  WHERE guest_links.clinic_id = consents.clinic_id AND guest_links.consent_id = consents.id)
UNION ALL
SELECT 'disclosure', tableoid, ctid, at, ARRAY[client_id] FROM disclosures WHERE clinic_id = of_clinic
UNION ALL
SELECT 'access_audit', tableoid, ctid, at, array_append(subjects, actor_id) FROM access_audit WHERE clinic_id = of_clinic
UNION ALL
SELECT 'mail', tableoid, ctid, queued_at, ARRAY[person_id] FROM mails WHERE clinic_id = of_clinic AND state <> 'waiting'
UNION ALL
SELECT 'identity_code', tableoid, ctid, asked_at, ARRAY[person_id] FROM identity_codes WHERE clinic_id = of_clinic
UNION ALL
SELECT 'known_browser', tableoid, ctid, least(revoked_at, expires_at), ARRAY[person_id]
FROM identified_browsers WHERE clinic_id = of_clinic
UNION ALL
SELECT 'known_browser', tableoid, ctid, last_used_at, ARRAY[person_id] FROM known_browsers WHERE clinic_id = of_clinic
UNION ALL
SELECT 'sign_in', tableoid, ctid, least(ended_at, expires_at), ARRAY[person_id] FROM sign_ins WHERE clinic_id = of_clinic
UNION ALL
SELECT 'sign_in', tableoid, ctid, expires_at, ARRAY[person_id] FROM pending_sign_ins WHERE clinic_id = of_clinic
UNION ALL
SELECT 'sign_in', tableoid, ctid, expires_at, ARRAY[person_id] FROM passkey_challenges WHERE clinic_id = of_clinic
UNION ALL
SELECT 'invitation', tableoid, ctid, least(accepted_at, withdrawn_at, expires_at), ARRAY[person_id]
FROM staff_invitations WHERE clinic_id = of_clinic
UNION ALL
SELECT 'invitation', tableoid, ctid, coalesce(used_at, expires_at, created_at), ARRAY[person_id]
FROM password_resets WHERE clinic_id = of_clinic
UNION ALL
SELECT 'invitation', tableoid, ctid, coalesce(used_at, expires_at, created_at), ARRAY[person_id]
FROM email_changes WHERE clinic_id = of_clinic
UNION ALL
SELECT 'link', tableoid, ctid, least(revoked_at, expires_at), ARRAY[person_id] FROM join_links WHERE clinic_id = of_clinic
UNION ALL
SELECT 'link', tableoid, ctid, least(revoked_at, expires_at), ARRAY[guest_id] FROM guest_links WHERE clinic_id = of_clinic
UNION ALL
SELECT 'liveness', tableoid, ctid, last_seen, '{}' FROM liveness
WHERE clinic_id = of_clinic AND NOT EXISTS (SELECT FROM rooms
                  WHERE rooms.clinic_id = liveness.clinic_id AND rooms.session_id = liveness.session_id
                    AND rooms.closed_at IS NULL)
UNION ALL
SELECT 'spent_alias', tableoid, ctid, released_at, '{}' FROM spent_aliases WHERE clinic_id = of_clinic
$$;

-- The shortest time of each kind of record. The same stands in domain/privacy/retention.py; a test compares them.
CREATE FUNCTION shortest_time(of_record text) RETURNS interval LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE of_record
        WHEN 'inquiry' THEN interval '3 years'
        WHEN 'consent' THEN interval '6 years'
        WHEN 'disclosure' THEN interval '6 years'
        WHEN 'access_audit' THEN interval '6 years'
        WHEN 'mail' THEN interval '90 days'
        WHEN 'identity_code' THEN interval '30 days'
        WHEN 'known_browser' THEN interval '400 days'
        WHEN 'sign_in' THEN interval '365 days'
        WHEN 'invitation' THEN interval '365 days'
        WHEN 'link' THEN interval '365 days'
        WHEN 'liveness' THEN interval '30 days'
        WHEN 'spent_alias' THEN interval '365 days'
    END
$$;

CREATE FUNCTION count_erased(of_clinic uuid, of_record text, how_many bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO erased_counts (clinic_id, day, record, erased)
    SELECT of_clinic, (clock_timestamp() AT TIME ZONE 'UTC')::date, of_record, how_many WHERE how_many > 0
    ON CONFLICT (clinic_id, day, record) DO UPDATE SET erased = erased_counts.erased + excluded.erased
$$;

-- Erase rows of a kind of record whose time ran out before `before`, at most `most` of each table. Returns how many.
CREATE FUNCTION erase_aged(of_clinic uuid, of_record text, before timestamptz, most integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    latest timestamptz := least(before, clock_timestamp() - shortest_time(of_record));
    each record;
    gone bigint;
    total bigint := 0;
BEGIN
    IF shortest_time(of_record) IS NULL THEN
        RAISE EXCEPTION 'nothing of this kind goes by age' USING ERRCODE = 'insufficient_privilege';
    END IF;
    FOR each IN
        SELECT of_table::regclass AS name, array_agg(row_id) AS row_ids
        FROM (SELECT of_table, row_id, row_number() OVER (PARTITION BY of_table) AS place
              FROM ageing(of_clinic)
              WHERE record = of_record AND since < latest AND NOT is_held(of_clinic, persons)) AS old
        WHERE place <= most GROUP BY of_table
    LOOP
        EXECUTE format('DELETE FROM %s WHERE ctid = ANY($1) AND clinic_id = $2', each.name)
            USING each.row_ids, of_clinic;
        GET DIAGNOSTICS gone = ROW_COUNT;
        total := total + gone;
    END LOOP;
    PERFORM count_erased(of_clinic, of_record, total);
    RETURN total;
END $$;

-- Empty the row of a person and erase what stands about them. Not for the application's role.
CREATE FUNCTION destroy_person(of_clinic uuid, who uuid) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    place text;
BEGIN
    UPDATE data_keys SET wrapped = '', wrapping_key_id = '', destroyed_at = clock_timestamp()
    WHERE clinic_id = of_clinic AND owner_id = who;
    DELETE FROM act_words WHERE clinic_id = of_clinic AND act_id IN (
        SELECT acts.id FROM acts JOIN enrolments ON enrolments.clinic_id = of_clinic AND enrolments.id = enrolment_id
        WHERE acts.clinic_id = of_clinic AND client_id = who);
    UPDATE coverages SET payer_external_id = NULL WHERE clinic_id = of_clinic AND enrolment_id IN (
        SELECT id FROM enrolments WHERE clinic_id = of_clinic AND client_id = who);
    INSERT INTO spent_aliases (clinic_id, skeleton, released_at)
    SELECT clinic_id, skeleton, max(coalesce(released_at, clock_timestamp())) FROM aliases
    WHERE clinic_id = of_clinic AND person_id = who GROUP BY clinic_id, skeleton
    ON CONFLICT (clinic_id, skeleton) DO UPDATE SET released_at = greatest(spent_aliases.released_at, excluded.released_at);
    FOREACH place IN ARRAY ARRAY['note_drafts', 'client_tags', 'meeting_log', 'meeting_log_shares'] LOOP
        EXECUTE format('DELETE FROM %I WHERE clinic_id = $1 AND client_id = $2', place) USING of_clinic, who;
    END LOOP;
    FOREACH place IN ARRAY ARRAY[
        'contact_ways', 'emergency_contacts', 'external_ids', 'diagnoses', 'client_records', 'aliases', 'person_search',
        'identity_contacts', 'identity_codes', 'identified_browsers', 'join_links', 'mails', 'inquiries', 'legal_holds',
        'erasures'] LOOP
        EXECUTE format('DELETE FROM %I WHERE clinic_id = $1 AND person_id = $2', place) USING of_clinic, who;
    END LOOP;
    UPDATE persons SET display_name = '[erased]', email = NULL, external_id = NULL, signs_in = false,
                       erased_at = clock_timestamp(), deactivated_at = coalesce(deactivated_at, clock_timestamp())
    WHERE clinic_id = of_clinic AND id = who;
END $$;

-- Erase a client who has been listed for thirty days, with their guests. False if something stands against it: a hold on
-- them or a guest, a postponement, work in the clinic, or a place in a program or a session of the last seven years.
CREATE FUNCTION erase_client(of_clinic uuid, client uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    guests uuid[];
    guest uuid;
BEGIN
    PERFORM FROM persons WHERE clinic_id = of_clinic AND id = client FOR UPDATE;   -- whoever holds them waits, or we do
    guests := ARRAY(SELECT guest_id FROM ties WHERE clinic_id = of_clinic AND client_id = client);
    PERFORM FROM persons WHERE clinic_id = of_clinic AND id = ANY(guests) FOR UPDATE;
    IF is_held(of_clinic, array_append(guests, client))
       OR NOT EXISTS (SELECT FROM erasures
                      WHERE clinic_id = of_clinic AND person_id = client
                        AND listed_at <= clock_timestamp() - interval '30 days' AND due_on <= clock_timestamp()::date
                        AND coalesce(postponed_until, '-infinity') <= clock_timestamp()::date)
       OR EXISTS (SELECT FROM staff_roles WHERE clinic_id = of_clinic AND person_id = client)
       OR EXISTS (SELECT FROM rosters WHERE clinic_id = of_clinic AND person_id = client AND role LIKE '%facilitator')
       OR EXISTS (SELECT FROM enrolments WHERE clinic_id = of_clinic AND client_id = client
                  AND (ends_on IS NULL OR ends_on > clock_timestamp() - interval '7 years'))
       OR EXISTS (SELECT FROM rosters JOIN sessions ON sessions.clinic_id = of_clinic AND sessions.id = session_id
                  WHERE rosters.clinic_id = of_clinic AND person_id = client
                    AND ends_at > clock_timestamp() - interval '7 years') THEN
        RETURN false;
    END IF;
    FOREACH guest IN ARRAY guests LOOP
        DELETE FROM guest_links WHERE clinic_id = of_clinic AND guest_id = guest;
        UPDATE ties SET email = NULL, phone = NULL, guardian_name = NULL, guardian_signed_on = NULL
        WHERE clinic_id = of_clinic AND guest_id = guest;
        PERFORM destroy_person(of_clinic, guest);
    END LOOP;
    PERFORM destroy_person(of_clinic, client);
    PERFORM count_erased(of_clinic, 'client', 1);
    RETURN true;
END $$;

-- Destroy the keys of notes on whole groups whose sessions ended before `before`. Returns how many.
CREATE FUNCTION erase_group_notes(of_clinic uuid, before timestamptz, most integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone bigint;
BEGIN
    WITH old AS (
        SELECT data_keys.id FROM data_keys
        JOIN sessions ON sessions.clinic_id = data_keys.clinic_id AND sessions.id = owner_id
        WHERE data_keys.clinic_id = of_clinic AND destroyed_at IS NULL
          AND ends_at < least(before, clock_timestamp() - interval '11 years')
          AND NOT is_held(of_clinic, ARRAY(SELECT person_id FROM rosters
                                           WHERE clinic_id = of_clinic AND session_id = sessions.id))
        LIMIT most)
    UPDATE data_keys SET wrapped = '', wrapping_key_id = '', destroyed_at = clock_timestamp()
    WHERE clinic_id = of_clinic AND id IN (SELECT id FROM old);
    GET DIAGNOSTICS gone = ROW_COUNT;
    PERFORM count_erased(of_clinic, 'group_note', gone);
    RETURN gone;
END $$;

REVOKE EXECUTE ON FUNCTION destroy_person(uuid, uuid), count_erased(uuid, text, bigint), inquiry_erased(),
    erase_client(uuid, uuid), erase_aged(uuid, text, timestamptz, integer),
    erase_group_notes(uuid, timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_client(uuid, uuid), erase_aged(uuid, text, timestamptz, integer),
    erase_group_notes(uuid, timestamptz, integer) TO vesper_app;

-- What no code of the application deletes, its role need not be able to delete.
REVOKE DELETE ON client_days, client_records, aliases, diagnoses, clinic_exports FROM vesper_app;
