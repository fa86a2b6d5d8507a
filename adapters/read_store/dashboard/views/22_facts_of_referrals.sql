-- Facts about referrals and what came back.

CREATE OR REPLACE VIEW read_models.dashboard_facts_of_referrals AS
WITH r AS (
    SELECT r.*, t.today,
           -- Whoever was heard, or should have been by now; nobody owes a withdrawn one anything.
           r.withdrawn_on IS NULL
           AND (r.first_feedback_on IS NOT NULL OR r.feedback_due < t.today) AS is_judged
    FROM read_models.dashboard_referral AS r, read_models.dashboard_today AS t
)
SELECT told.figure || split.suffix AS figure, split.dimension, r.sent_on AS day,
       NULL::date AS until, r.case_id, 'referral:' || r.referral_id AS item,
       told.value::numeric AS value
FROM r
CROSS JOIN LATERAL (VALUES ('', ''), ('_by_route', r.route)) AS split (suffix, dimension)
CROSS JOIN LATERAL (
    SELECT 'referrals_sent', 1
    UNION ALL
    SELECT 'referrals_accepted', r.is_accepted::int WHERE r.decided_on IS NOT NULL
    UNION ALL
    SELECT 'feedback_any', (r.first_feedback_on IS NOT NULL)::int WHERE r.is_judged
    UNION ALL
    SELECT 'feedback_timely', coalesce(r.first_feedback_on <= r.feedback_due, false)::int
    WHERE r.is_judged
    UNION ALL
    SELECT 'feedback_adequate', r.is_adequate::int WHERE r.is_judged
) AS told (figure, value)
UNION ALL
SELECT 'feedback_within_28_days', '', sent_on, NULL, case_id, 'referral:' || referral_id,
       coalesce(first_feedback_on <= put_on + 28, false)::int
FROM r
WHERE withdrawn_on IS NULL AND (first_feedback_on IS NOT NULL OR put_on + 28 < today)
UNION ALL
SELECT 'days_to_decision', '', sent_on, NULL, case_id, 'referral:' || referral_id,
       greatest(decided_on - put_on, 0)
FROM r WHERE decided_on IS NOT NULL
UNION ALL
SELECT 'referrals_awaiting_decision', '', wait.since, wait.until, c.case_id,
       'referral:' || wait.referral_id, 1
FROM read_models.dashboard_case AS c
CROSS JOIN LATERAL jsonb_to_recordset(c.referral_waits)
    AS wait (referral_id text, since date, until date)
UNION ALL
SELECT 'referral_to_meeting_days', '', first_referral_on, NULL, case_id, '', days_to_meeting
FROM read_models.dashboard_case WHERE days_to_meeting IS NOT NULL;
