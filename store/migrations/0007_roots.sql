-- What each day came to: one hash over the ends of all chains that grew on it (its definition: domain/chain.py). Kept
-- by the workers when the day is over, and given away with exports: whoever holds one can tell a ledger rewritten since.

CREATE TABLE ledger_roots (
    day      date PRIMARY KEY,            -- UTC, by recorded_at; every day since the first fact has one
    streams  integer NOT NULL,
    root     bytea NOT NULL,
    kept_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
GRANT SELECT ON ledger_roots TO vesper_app;
GRANT INSERT (day, streams, root) ON ledger_roots TO vesper_app;

-- Facts are recorded in the order in which they lie, so a few bytes per megabyte find a day's.
CREATE INDEX ledger_recorded ON ledger USING brin (recorded_at) WITH (pages_per_range = 32);
