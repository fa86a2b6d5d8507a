-- Facts that belong to no case: staff training and checks, seats in forums.

CREATE OR REPLACE VIEW read_models.dashboard_facts_of_landlord AS
SELECT CASE WHEN team IS NULL THEN 'compliance' ELSE 'compliance_by_team' END AS figure,
       concat_ws(', ', kind, team) AS dimension, as_of AS day, NULL::date AS until,
       NULL::uuid AS case_id, '' AS item, round(100.0 * compliant / nullif(total, 0), 2) AS value,
       NULL AS authority, NULL AS housing_type
FROM {compliance}
UNION ALL
SELECT 'forum_attendance', f.forum, meeting.held_on, NULL, NULL, 'forum:' || f.forum_id,
       meeting.attended::int, f.authority, NULL
FROM {forums} AS f
CROSS JOIN LATERAL jsonb_to_recordset(f.meetings) AS meeting (held_on date, attended boolean);
