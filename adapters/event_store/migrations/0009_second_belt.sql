-- The role as which the API reads the rows of read models for somebody. Row-level security shows it
-- the rows that this somebody may see and no other, whatever was decided before.

DO $$
BEGIN
    CREATE ROLE case_timeline_reader NOLOGIN;
EXCEPTION
    -- Roles belong to the cluster: another database may have made it, even at this moment.
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

DO $$
BEGIN
    -- The service may act as the reader; by itself it has none of the reader's rights.
    IF NOT pg_has_role('case_timeline_service', 'case_timeline_reader', 'SET') THEN
        GRANT case_timeline_reader TO case_timeline_service WITH INHERIT FALSE, SET TRUE;
    END IF;
END
$$;

GRANT USAGE ON SCHEMA read_models, case_timeline TO case_timeline_reader;
-- How far read models have come, so that who reads is told what is not in the rows yet.
GRANT SELECT ON case_timeline.read_model_tracking TO case_timeline_reader;
GRANT SELECT (read_model, case_id, position) ON case_timeline.parked_case TO case_timeline_reader;

-- What was said of who reads, for this transaction, by name; nothing where nothing was.
CREATE FUNCTION read_models.visitor(what text) RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE
RETURN ARRAY(
    SELECT jsonb_array_elements_text(
        nullif(current_setting('case_timeline.visitor', true), '')::jsonb -> what
    )
);

-- The streams closed to who reads for a conflict of interest, and the cases that are open to them.
-- Both are empty until the service has made the tables they rest on, and then makes them anew.
CREATE VIEW read_models.closed_streams AS SELECT NULL::uuid AS case_id WHERE false;
CREATE VIEW read_models.open_cases AS SELECT NULL::uuid AS case_id WHERE false;
ALTER VIEW read_models.closed_streams OWNER TO case_timeline_service;
ALTER VIEW read_models.open_cases OWNER TO case_timeline_service;
GRANT SELECT ON read_models.closed_streams, read_models.open_cases TO case_timeline_reader;
