-- Where read models live and how far each has come; their tables are made by the service itself,
-- since they are disposable and rebuilt at will.

CREATE SCHEMA read_models;
GRANT USAGE, CREATE ON SCHEMA read_models TO case_timeline_service;

CREATE TABLE case_timeline.read_model_tracking (
    application_name text PRIMARY KEY,
    notification_id bigint NOT NULL
) WITH (fillfactor = 50);

-- A case whose fold failed for one read model: its later events wait behind it.
CREATE TABLE case_timeline.parked_case (
    read_model text NOT NULL,
    case_id uuid NOT NULL,
    position bigint NOT NULL,
    reason text NOT NULL,
    parked_at timestamptz NOT NULL,
    PRIMARY KEY (read_model, case_id)
);

GRANT SELECT, INSERT, UPDATE, DELETE
    ON case_timeline.read_model_tracking, case_timeline.parked_case TO case_timeline_service;
