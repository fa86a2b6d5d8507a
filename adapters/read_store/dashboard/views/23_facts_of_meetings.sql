-- Facts about meetings over a case, and whether housing was at the table.

CREATE OR REPLACE VIEW read_models.dashboard_facts_of_meetings AS
SELECT told.figure, told.dimension, m.held_on AS day, NULL::date AS until, m.case_id,
       'meeting:' || m.meeting_id AS item, told.value::numeric AS value
FROM read_models.dashboard_meeting AS m
LEFT JOIN read_models.dashboard_case AS c USING (case_id)
CROSS JOIN LATERAL (
    SELECT 'meetings_held', '', 1
    UNION ALL
    SELECT 'meetings_held_by_forum', m.forum, 1
    UNION ALL
    SELECT 'invited', '', m.is_invited::int WHERE m.is_invited IS NOT NULL
    UNION ALL
    SELECT 'invited_by_referrer',
           CASE WHEN c.first_referral_on <= m.held_on THEN 'landlord-referred'
                ELSE 'not-referred' END,
           m.is_invited::int
    WHERE m.is_invited IS NOT NULL
    UNION ALL
    SELECT 'invited_in_time', '', m.is_invited_in_time::int WHERE m.is_invited_in_time IS NOT NULL
    UNION ALL
    SELECT 'invitations_by_basis', m.invite_basis, 1 WHERE m.is_invited
) AS told (figure, dimension, value)
WHERE m.held_on IS NOT NULL;
