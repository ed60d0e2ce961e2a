-- Sessions that a consumer of the ledger could not handle: the others go on without them. Not derived: a list of what an
-- operator has to look at, and of what is tried again. A row holds ids, a position and a code, and nothing of what a fact
-- says. The window and the clients, as far as they could be read, find the sessions whose minutes hang on this one.

CREATE TABLE set_aside_sessions (
    consumer        text NOT NULL,             -- attendance, statements
    session_id      uuid NOT NULL,
    clinic_id       uuid NOT NULL REFERENCES clinics,
    position        bigint NOT NULL,           -- of the first fact that stands in the way
    reason          text NOT NULL,             -- fact_unreadable, policy_unknown, arithmetic_failed, records_refused, failed
    since           timestamptz NOT NULL DEFAULT clock_timestamp(),
    tried_by        text,                      -- the release that tried last; NULL: it is to be tried again
    earliest_start  timestamptz,               -- NULL where no plan could be read
    latest_end      timestamptz,
    client_ids      uuid[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (consumer, session_id)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON set_aside_sessions TO vesper_app;

-- A draft that no worker could make a version of, since when. A newer draft of the same note starts afresh.
ALTER TABLE note_drafts ADD COLUMN set_aside_at timestamptz;
GRANT UPDATE (set_aside_at) ON note_drafts TO vesper_app;
