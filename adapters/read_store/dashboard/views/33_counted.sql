-- When what is shown was counted.

CREATE OR REPLACE VIEW read_models.dashboard_position AS
SELECT coalesce(min(coalesce(t.notification_id, 0)), 0) AS position
FROM unnest(ARRAY[{model_ids}]) AS model (id)
CROSS JOIN generate_series(0, {partitions} - 1) AS part (number)
LEFT JOIN case_timeline.read_model_tracking AS t
    ON t.application_name = model.id || '/' || part.number;

CREATE OR REPLACE VIEW dashboard.counted AS
SELECT now() AS counted_at, position FROM read_models.dashboard_position;

COMMENT ON VIEW dashboard.counted IS
    'When `facts` and `figures` were counted: one line. They are counted again within a minute or so '
    'of a change, later where there is much to count; all other views show how it is now.';
COMMENT ON COLUMN dashboard.counted.counted_at IS 'The moment as of which they were counted.';
COMMENT ON COLUMN dashboard.counted.position IS
    'Up to which position in the global order all events had been taken in by then.';
