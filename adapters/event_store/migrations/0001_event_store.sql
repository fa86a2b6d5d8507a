-- The event store and the intake ledger, and the role that may only add to the first.

CREATE SCHEMA IF NOT EXISTS case_timeline;

DO $$
BEGIN
    CREATE ROLE case_timeline_service NOLOGIN;
EXCEPTION
    -- Roles belong to the cluster: another database may have made it, even at this moment.
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

DO $$
BEGIN
    -- Whoever makes a role is a member of it, but may not yet act as it.
    IF NOT pg_has_role(current_user, 'case_timeline_service', 'SET') THEN
        GRANT case_timeline_service TO current_user;
    END IF;
END
$$;

CREATE TABLE case_timeline.case_events (
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL CHECK (originator_version > 0),
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigserial NOT NULL,
    PRIMARY KEY (originator_id, originator_version)
) WITH (
    autovacuum_vacuum_insert_scale_factor = 0.2,
    autovacuum_analyze_scale_factor = 0.01
);

CREATE UNIQUE INDEX case_events_notification_id_idx
    ON case_timeline.case_events (notification_id);

-- The type the library's recorder looks up when it starts.
CREATE TYPE case_timeline.stored_event_uuid AS (
    originator_id uuid,
    originator_version bigint,
    topic text,
    state bytea
);

-- A second belt for whoever holds more rights than the service: history is not edited.
CREATE FUNCTION case_timeline.refuse_rewriting_history() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'case events are never changed or removed; record a correction instead'
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER case_events_are_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON case_timeline.case_events
    FOR EACH STATEMENT EXECUTE FUNCTION case_timeline.refuse_rewriting_history();

CREATE TABLE case_timeline.intake (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    delivery text NOT NULL UNIQUE,
    source text NOT NULL,
    received_at timestamptz NOT NULL,
    decided_at timestamptz NOT NULL,
    outcome text NOT NULL
        CHECK (outcome IN ('accepted', 'duplicate', 'waiting', 'quarantined', 'refused')),
    reason text,
    detail text,
    source_event_id text,
    event_id uuid,
    content_hash bytea,
    case_ref text,
    case_id uuid,
    type text,
    version bigint,
    payload bytea,
    attempts integer NOT NULL DEFAULT 1,
    closed_at timestamptz,
    closed_by text,
    close_note text,
    CHECK ((outcome = 'accepted') = (version IS NOT NULL)),
    CHECK (payload IS NOT NULL OR outcome NOT IN ('waiting', 'quarantined')),
    CHECK (closed_at IS NULL OR outcome = 'quarantined')
);

-- One effect per (source, id at the source): event_id is made of that pair.
CREATE UNIQUE INDEX intake_one_effect_idx
    ON case_timeline.intake (event_id) WHERE outcome IN ('accepted', 'waiting');

CREATE INDEX intake_undecided_idx
    ON case_timeline.intake (case_id) WHERE outcome IN ('waiting', 'quarantined');

CREATE INDEX intake_open_idx
    ON case_timeline.intake (outcome, id) WHERE outcome IN ('waiting', 'quarantined');

-- What was decided for good stays so: only what waits or is quarantined may be decided again.
CREATE FUNCTION case_timeline.refuse_deciding_again() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'this intake entry is settled and stays as it is'
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER intake_is_settled_once
    BEFORE UPDATE ON case_timeline.intake
    FOR EACH ROW
    WHEN (OLD.outcome NOT IN ('waiting', 'quarantined') OR OLD.closed_at IS NOT NULL)
    EXECUTE FUNCTION case_timeline.refuse_deciding_again();

GRANT USAGE ON SCHEMA case_timeline TO case_timeline_service;
GRANT SELECT ON case_timeline.migration TO case_timeline_service;
-- MAINTAIN allows LOCK TABLE, which orders the appends; it allows no change of rows.
GRANT SELECT, INSERT, MAINTAIN ON case_timeline.case_events TO case_timeline_service;
GRANT USAGE ON SEQUENCE case_timeline.case_events_notification_id_seq TO case_timeline_service;
GRANT SELECT, INSERT, UPDATE ON case_timeline.intake TO case_timeline_service;
