-- What changed about who may be in a room, for the signaling nodes to read: they honour tickets and resumes without
-- asking anybody, so they must hear of what was withdrawn. Ids only: no names, no secrets.

ALTER TABLE persons ADD COLUMN deactivated_at timestamptz;
GRANT UPDATE (deactivated_at) ON persons TO vesper_app;

CREATE TABLE access_changes (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    clinic_id  uuid NOT NULL REFERENCES clinics,
    kind       text NOT NULL CHECK (kind IN
                   ('link_revoked', 'signed_out', 'deactivated', 'reactivated', 'place_changed', 'session_changed')),
    subject    uuid NOT NULL,            -- the link, the sign-in, the person or the session
    at         timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX access_changes_at ON access_changes (at);
GRANT SELECT ON access_changes TO vesper_app;

-- The triggers are deferred to the commit, and there take turns until it is done. So ids become visible in their order
-- and a reader skips none; and no transaction waits for this turn while another waits for what it holds.
-- A resume lives for at most a day, four hours of extension and two of grace: what is two days old binds nobody.
CREATE FUNCTION access_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    changed jsonb := CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('access_changes'));
    DELETE FROM access_changes WHERE at < clock_timestamp() - interval '2 days';
    INSERT INTO access_changes (clinic_id, kind, subject)
    VALUES ((changed ->> 'clinic_id')::uuid, TG_ARGV[0], (changed ->> TG_ARGV[1])::uuid);
    PERFORM pg_notify('access_changes', 'changed');
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER link_revoked AFTER UPDATE OF revoked_at ON join_links
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL)
    EXECUTE FUNCTION access_changed('link_revoked', 'id');

CREATE CONSTRAINT TRIGGER signed_out AFTER UPDATE OF ended_at ON sign_ins
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL)
    EXECUTE FUNCTION access_changed('signed_out', 'id');

CREATE CONSTRAINT TRIGGER deactivated AFTER UPDATE OF deactivated_at ON persons
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.deactivated_at IS NULL AND NEW.deactivated_at IS NOT NULL)
    EXECUTE FUNCTION access_changed('deactivated', 'id');

CREATE CONSTRAINT TRIGGER reactivated AFTER UPDATE OF deactivated_at ON persons
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.deactivated_at IS NOT NULL AND NEW.deactivated_at IS NULL)
    EXECUTE FUNCTION access_changed('reactivated', 'id');

CREATE CONSTRAINT TRIGGER enrolment_changed AFTER UPDATE OF ends_on ON enrolments
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.ends_on IS DISTINCT FROM NEW.ends_on)
    EXECUTE FUNCTION access_changed('place_changed', 'client_id');

CREATE CONSTRAINT TRIGGER staff_role_lost AFTER DELETE ON staff_roles
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION access_changed('place_changed', 'person_id');

-- What others than its room record of a session, and its room must know.
CREATE CONSTRAINT TRIGGER session_changed AFTER INSERT ON ledger
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.type IN ('session.planned', 'session.cancelled', 'session.reinstated', 'responsibility.taken',
                       'person.removed', 'person.readmitted') AND NEW.stream NOT LIKE 'room:%')
    EXECUTE FUNCTION access_changed('session_changed', 'session_id');
