-- Who asked to see or do what, and what was decided: written before anything is shown, never changed.
-- Reads are many and change nothing, so they are no events; breaking the glass is one.

CREATE TABLE case_timeline.access_record (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    principal text NOT NULL,
    staff text,
    session text NOT NULL,
    request text NOT NULL,
    action text NOT NULL,
    part text NOT NULL,
    permitted boolean NOT NULL,
    rules text[] NOT NULL,
    case_id uuid,
    case_ref text,
    purpose text,
    reason text,
    shown text[] NOT NULL,
    version bigint,
    known_on date,
    recorded_by timestamptz
);

CREATE INDEX access_record_case_idx ON case_timeline.access_record (case_id, id)
WHERE case_id IS NOT NULL;
CREATE INDEX access_record_principal_idx ON case_timeline.access_record (principal, id);
CREATE INDEX access_record_glass_idx ON case_timeline.access_record (principal, at)
WHERE action = 'break-glass' AND permitted;

CREATE FUNCTION case_timeline.refuse_rewriting_access() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'access records are never changed or removed'
        USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER access_record_is_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON case_timeline.access_record
    FOR EACH STATEMENT EXECUTE FUNCTION case_timeline.refuse_rewriting_access();

GRANT SELECT, INSERT ON case_timeline.access_record TO case_timeline_service;

-- Each decision is about events, not about a read model that may lag: the few that bear on it are
-- found at once. The conditions are word for word those of the queries.
CREATE INDEX case_events_standing ON case_timeline.case_events (notification_id)
WHERE topic IN ('RoleGranted', 'RoleRevoked', 'ReviewAccessGranted', 'ReviewAccessRevoked',
                'ConflictDeclared', 'ConflictEnded');

CREATE INDEX case_events_case_standing
    ON case_timeline.case_events (originator_id, originator_version)
WHERE topic IN ('CaseOpened', 'CaseAllocated', 'CaseRestricted', 'RestrictionLifted',
                'ConflictDeclared', 'ConflictEnded', 'GlassBroken', 'EventCorrected');
