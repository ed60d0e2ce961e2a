-- Mails to send. A row names its kind and what it is about; a secret is made when the mail is sent and is never here.

CREATE TABLE mails (
    clinic_id     uuid NOT NULL REFERENCES clinics,
    id            uuid NOT NULL,
    kind          text NOT NULL CHECK (kind ~ '^[a-z_]{1,40}$'),
    reference_id  uuid,                  -- the invitation, reset, code or link that the mail is about
    person_id     uuid,
    address       text,                  -- without one, the person's own at the time of sending
    language      text NOT NULL DEFAULT 'en' CHECK (language IN ('en', 'es')),
    state         text NOT NULL DEFAULT 'waiting'
                  CHECK (state IN ('waiting', 'sent', 'failed', 'dropped', 'handed_over')),
    tries         integer NOT NULL DEFAULT 0,
    queued_at     timestamptz NOT NULL,
    next_try_at   timestamptz NOT NULL,
    sent_at       timestamptz,
    error         text CHECK (error ~ '^[a-z_0-9]{1,40}$'),
    PRIMARY KEY (clinic_id, id),
    FOREIGN KEY (clinic_id, person_id) REFERENCES persons (clinic_id, id),
    CHECK (person_id IS NOT NULL OR address IS NOT NULL)
);
CREATE INDEX mails_waiting ON mails (next_try_at) WHERE state = 'waiting';
GRANT SELECT, INSERT, UPDATE (state, tries, next_try_at, sent_at, error) ON mails TO vesper_app;

-- What waited to be told by mail.
INSERT INTO mails (clinic_id, id, kind, person_id, queued_at, next_try_at)
SELECT clinic_id, id, kind, person_id, at, at FROM notices WHERE sent_at IS NULL;
DROP TABLE notices;
