-- Facts about decisions over a case that someone saw otherwise; never who, or what they said.

CREATE OR REPLACE VIEW read_models.dashboard_facts_of_dissent AS
SELECT 'dissenting_views' AS figure, '' AS dimension,
       (told.occurred_at AT TIME ZONE 'Europe/London')::date AS day, NULL::date AS until,
       told.case_id, told.kind || ':' || told.event_id AS item, 1::numeric AS value
FROM (
    SELECT case_id, event_id, occurred_at, dissenting_view, 'decision' AS kind FROM {decisions}
    UNION ALL
    SELECT case_id, event_id, occurred_at, dissenting_view, kind FROM {sharing}
) AS told
JOIN read_models.dashboard_case AS c USING (case_id)
WHERE told.dissenting_view IS NOT NULL;
