-- Forms that somebody has begun. What is typed is personal data that is on no record yet: it belongs
-- to the person who typed it, and goes as soon as it is recorded, or after a term.

CREATE TABLE case_timeline.web_draft (
    event_id uuid PRIMARY KEY,
    principal text NOT NULL,
    form text NOT NULL,
    stream_id uuid NOT NULL,
    reference text,
    version bigint,
    answers jsonb NOT NULL,
    begun_at timestamptz NOT NULL,
    saved_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    recorded_at timestamptz,
    recorded_as text,
    recorded_version bigint,
    -- Of what is recorded nothing is kept but the receipt.
    CONSTRAINT recorded_holds_no_answers CHECK (recorded_at IS NULL OR answers = '{}')
);

COMMENT ON COLUMN case_timeline.web_draft.event_id IS
'Made when the form is begun: however often it is sent, it is one event.';
COMMENT ON COLUMN case_timeline.web_draft.version IS
'The version of the case on which the form was begun, or which was seen since.';

-- One form of a kind a person and stream: to begin it again is to go on with it.
CREATE UNIQUE INDEX web_draft_open_idx ON case_timeline.web_draft (principal, stream_id, form)
WHERE recorded_at IS NULL;
CREATE INDEX web_draft_ends_idx ON case_timeline.web_draft (ends_at);

GRANT SELECT, INSERT, DELETE,
UPDATE (version, answers, saved_at, ends_at, recorded_at, recorded_as, recorded_version)
ON case_timeline.web_draft TO case_timeline_service;
