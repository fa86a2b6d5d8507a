-- Facts about reviews, what they recommend, and barriers to take up with partners.

CREATE OR REPLACE VIEW read_models.dashboard_facts_of_reviews AS
WITH recommended AS (
    SELECT r.case_id, 'recommendation:' || r.recommendation_id AS item, r.due,
           substring(r.case_ref FROM '^authority:(.*)') AS authority,
           (r.accepted_at AT TIME ZONE 'Europe/London')::date AS accepted_on,
           (r.implemented_at AT TIME ZONE 'Europe/London')::date AS implemented_on,
           t.today
    FROM {recommendations} AS r CROSS JOIN read_models.dashboard_today AS t
)
SELECT 'reviews' AS figure, review_type AS dimension,
       (known_at AT TIME ZONE 'Europe/London')::date AS day, NULL::date AS until, case_id,
       'review:' || review_id AS item, 1::numeric AS value,
       substring(case_ref FROM '^authority:(.*)') AS authority, NULL AS housing_type
FROM {reviews}
UNION ALL
SELECT 'recommendations_accepted', '', accepted_on, NULL, case_id, item, 1, authority, NULL
FROM recommended
UNION ALL
SELECT 'recommendations_implemented', '', implemented_on, NULL, case_id, item, 1, authority, NULL
FROM recommended WHERE implemented_on IS NOT NULL
UNION ALL
SELECT 'recommendations_overdue', '', due + 1, implemented_on, case_id, item, 1, authority, NULL
FROM recommended WHERE due < today AND (implemented_on IS NULL OR implemented_on > due)
UNION ALL
-- What is told in numbers alone has no day of its own, only its quarter.
SELECT 'barriers', code, coalesce((known_at AT TIME ZONE 'Europe/London')::date, quarter), NULL,
       case_id, '', 1, authority, NULL
FROM {barriers};
