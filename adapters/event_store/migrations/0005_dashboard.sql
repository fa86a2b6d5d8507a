-- Where reports and dashboards read, and the role that may read there and nowhere else. The views
-- are made by the service itself, together with the tables that they show.

DO $$
BEGIN
    CREATE ROLE case_timeline_dashboard NOLOGIN;
EXCEPTION
    -- Roles belong to the cluster: another database may have made it, even at this moment.
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

CREATE SCHEMA dashboard AUTHORIZATION case_timeline_service;
GRANT USAGE ON SCHEMA dashboard TO case_timeline_dashboard;
