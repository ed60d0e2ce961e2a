-- Searches within a program, and for whoever waits: what is searched knows a person's programs and their first day in
-- any, so that an index finds both together with the typed text.

DROP INDEX person_search_grams;
ALTER TABLE person_search
    ADD COLUMN programs  uuid[] NOT NULL DEFAULT '{}',       -- all that the person was ever enrolled in
    ADD COLUMN first_on  date NOT NULL DEFAULT 'infinity';   -- the first day of the first enrolment
UPDATE person_search SET programs = enrolled.programs, first_on = enrolled.first_on
FROM (SELECT clinic_id, client_id, array_agg(DISTINCT program_id) AS programs, min(starts_on) AS first_on
      FROM enrolments GROUP BY clinic_id, client_id) AS enrolled
WHERE person_search.clinic_id = enrolled.clinic_id AND person_search.person_id = enrolled.client_id;
CREATE INDEX person_search_grams ON person_search USING gin (grams, programs) WITH (fastupdate = off);
CREATE INDEX person_search_first ON person_search (clinic_id, first_on);
GRANT UPDATE (programs, first_on) ON person_search TO vesper_app;

CREATE FUNCTION enrolment_searched() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
BEGIN
    UPDATE person_search SET (programs, first_on) =
        (SELECT coalesce(array_agg(DISTINCT program_id), '{}'), coalesce(min(starts_on), 'infinity') FROM enrolments
         WHERE clinic_id = person_search.clinic_id AND client_id = person_search.person_id)
    WHERE (clinic_id = NEW.clinic_id AND person_id = NEW.client_id)
       OR (clinic_id = OLD.clinic_id AND person_id = OLD.client_id);
    RETURN NULL;
END $$;
CREATE TRIGGER enrolment_searched AFTER INSERT OR DELETE OR UPDATE OF starts_on ON enrolments
    FOR EACH ROW EXECUTE FUNCTION enrolment_searched();

