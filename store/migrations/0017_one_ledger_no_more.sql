-- The new ledger takes the old one's place, and whatever names a position names the clinic's own.

LOCK TABLE ledger IN ACCESS EXCLUSIVE MODE;
SELECT copy_ledger(NULL);
DROP FUNCTION copy_ledger(bigint);
DROP INDEX positions_before_all;

-- Up to `last_cursor` a biller's cursor is an old position; behind it, it counts on from `last_position`. Clinics that
-- are founded later have no row: there a cursor is a position.
CREATE TABLE feed_cursors_before (
    clinic_id      uuid PRIMARY KEY REFERENCES clinics,
    last_cursor    bigint NOT NULL,
    last_position  bigint NOT NULL
);
GRANT SELECT ON feed_cursors_before TO vesper_app;
INSERT INTO feed_cursors_before (clinic_id, last_cursor, last_position)
SELECT clinics.id, total.last_cursor, coalesce(ledger_heads.position, 0)
FROM clinics LEFT JOIN ledger_heads ON clinic_id = id, (SELECT max(position) AS last_cursor FROM ledger) AS total
WHERE total.last_cursor IS NOT NULL;

ALTER TABLE cursors RENAME TO cursors_before;
ALTER TABLE cursors_before DROP CONSTRAINT cursors_pkey;
CREATE TABLE cursors (
    consumer     text NOT NULL,
    clinic_id    uuid NOT NULL REFERENCES clinics,
    position     bigint NOT NULL,
    advanced_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (consumer, clinic_id)
);
GRANT SELECT, INSERT, UPDATE ON cursors TO vesper_app;
INSERT INTO cursors (consumer, clinic_id, position)
SELECT consumer, ledger_heads.clinic_id, coalesce(max(positions_before.position), 0)
FROM cursors_before CROSS JOIN ledger_heads
LEFT JOIN positions_before ON positions_before.clinic_id = ledger_heads.clinic_id
                          AND old_position <= cursors_before.position
GROUP BY consumer, ledger_heads.clinic_id;
DROP TABLE cursors_before;

UPDATE session_records AS one SET through_position = map.position FROM positions_before AS map
WHERE map.clinic_id = one.clinic_id AND map.old_position = one.through_position;
UPDATE attendance_records AS one SET through_position = map.position FROM positions_before AS map
WHERE map.clinic_id = one.clinic_id AND map.old_position = one.through_position;
UPDATE set_aside_sessions AS one SET position = map.position FROM positions_before AS map
WHERE map.clinic_id = one.clinic_id AND map.old_position = one.position;
UPDATE disclosures AS one SET first_position = first.position, last_position = last.position
FROM positions_before AS first, positions_before AS last
WHERE first.clinic_id = one.clinic_id AND first.old_position = one.first_position
  AND last.clinic_id = one.clinic_id AND last.old_position = one.last_position;

DROP TABLE ledger;
DROP FUNCTION ledger_without_holes();
DROP FUNCTION ledger_wake();
ALTER TABLE ledger_of_each_clinic RENAME TO ledger;
CREATE INDEX ledger_session ON ledger (clinic_id, session_id, position);
CREATE INDEX ledger_recorded ON ledger USING brin (recorded_at) WITH (pages_per_range = 32);
GRANT SELECT ON ledger TO vesper_app;
GRANT INSERT (clinic_id, position, event_id, session_id, stream, seq, type, v, subject_id, at, body, hash)
    ON ledger TO vesper_app;

CREATE CONSTRAINT TRIGGER session_changed AFTER INSERT ON ledger
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.type IN ('session.planned', 'session.cancelled', 'session.reinstated', 'responsibility.taken',
                       'person.removed', 'person.readmitted') AND NEW.stream NOT LIKE 'room:%')
    EXECUTE FUNCTION access_changed('session_changed', 'session_id');

DROP INDEX session_records_rules;
CREATE INDEX session_records_rules ON session_records (rules, clinic_id, session_id);
