-- Who looked, by person, by actor and by time, over ten million rows: newest first, cut off by (at, id).
-- `subjects` holds a few ids or, for a list, a hundred; the index over it finds those of one person.

DROP INDEX access_audit_when;
CREATE INDEX access_audit_when ON access_audit (clinic_id, at, id);
CREATE INDEX access_audit_actor ON access_audit (clinic_id, actor_id, at, id);
CREATE INDEX access_audit_subjects ON access_audit USING gin (subjects);
