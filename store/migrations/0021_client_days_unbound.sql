-- Each day of a session is a row for each client, derived from facts that name the clinic. A check of the clinic for
-- each of them is a large part of a rebuild, and finds nothing: the session's record beside it names the same clinic.
ALTER TABLE client_days DROP CONSTRAINT client_days_clinic_id_fkey;
