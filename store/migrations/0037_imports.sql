-- Files of clients that somebody brings in: each belongs to one person, is checked and applied by a worker, and is gone
-- after half an hour, with what was found in it. The file itself is gone as soon as it has been checked, and what it
-- would do as soon as it has been applied.

CREATE TABLE client_imports (
    clinic_id      uuid NOT NULL REFERENCES clinics,
    id             uuid NOT NULL,
    person_id      uuid NOT NULL,                  -- who brought it, and alone may see and apply it
    state          text NOT NULL CHECK (state IN ('checking', 'checked', 'applying', 'applied', 'outdated')),
    created_at     timestamptz NOT NULL,
    expires_at     timestamptz NOT NULL,
    content        bytea,                          -- until it is checked
    total          integer NOT NULL,               -- lines
    done           integer NOT NULL DEFAULT 0,
    preview        bytea,                          -- JSON: what its person sees
    plan           bytea,                          -- JSON: what is applied, and nothing else
    claimed_until  timestamptz,
    PRIMARY KEY (clinic_id, id),
    FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id)
);
CREATE INDEX client_imports_due ON client_imports (created_at) WHERE state IN ('checking', 'applying');
GRANT SELECT, INSERT, DELETE, UPDATE (state, content, done, preview, plan, claimed_until) ON client_imports
    TO vesper_app;
