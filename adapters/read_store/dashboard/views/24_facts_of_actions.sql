-- Facts about agreed actions: what fell due, and what was not settled by then.

CREATE OR REPLACE VIEW read_models.dashboard_facts_of_actions AS
WITH fell_due AS (
    SELECT a.*, a.settled_on IS NULL OR a.settled_on > a.due AS is_late
    FROM read_models.dashboard_action AS a, read_models.dashboard_today AS t
    WHERE a.due < t.today
)
SELECT told.figure, '' AS dimension, told.day, told.until, a.case_id,
       'action:' || a.action_id AS item, told.value::numeric AS value,
       a.file_authority AS authority
FROM fell_due AS a
CROSS JOIN LATERAL (
    SELECT 'actions_fell_due', a.due, NULL::date, 1
    UNION ALL
    SELECT 'actions_late', a.due, NULL, a.is_late::int
    UNION ALL
    SELECT 'actions_unsettled', a.due, NULL, 1 WHERE a.settled_on IS NULL
    UNION ALL
    SELECT 'actions_overdue', a.due + 1, a.settled_on, 1 WHERE a.is_late
) AS told (figure, day, until, value);
