-- The facts of the cases that whoever is read for may see.

CREATE OR REPLACE VIEW read_models.dashboard_open_facts AS
SELECT * FROM dashboard.facts AS f
WHERE EXISTS (SELECT FROM read_models.open_cases AS c WHERE c.case_id = f.case_id);

GRANT SELECT ON read_models.dashboard_open_facts, dashboard.definitions TO {reader};
GRANT USAGE ON SCHEMA dashboard TO {reader};
