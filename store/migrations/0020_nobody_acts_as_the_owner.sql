-- The application's role cannot become the owner, nor record a fact where no reader looks.

-- Tables that anybody makes for a while come last: otherwise a table of this name among them, with a trigger on it, has
-- its trigger run by the owner. (No role here may make any; with a database that was set up otherwise they may.)
ALTER FUNCTION access_changed() SET search_path = pg_catalog, public, pg_temp;

-- Readers begin behind position 0.
ALTER TABLE ledger ADD CONSTRAINT ledger_from_one CHECK (position > 0);
