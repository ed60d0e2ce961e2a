-- Entries of journals that the database refuses for ever, each as the bytes it was, with the reason. A fact among them
-- keeps its place in its stream: `vesper verify` walks the chain of hashes through it. What identifies an entry is text
-- and not a uuid, since that may be just what is wrong with it.

CREATE TABLE set_aside_entries (
    digest        bytea PRIMARY KEY,      -- SHA-256 of entry: set aside twice is set aside once
    kind          text NOT NULL,          -- fact, draft, evidence, used_ticket, closed_room, unreadable
    reason        text NOT NULL,          -- kinds, columns and codes; never a value
    entry         bytea NOT NULL,         -- the journal's own bytes, whole
    clinic_id     text,
    session_id    text,
    stream        text,                   -- of a fact, where it belongs …
    seq           numeric,
    body          bytea,                  -- … and what its hash covers
    hash          bytea,
    set_aside_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX set_aside_entries_session ON set_aside_entries (session_id);
CREATE INDEX set_aside_entries_stream ON set_aside_entries (stream, seq) WHERE stream IS NOT NULL;
GRANT SELECT, INSERT ON set_aside_entries TO vesper_app;
