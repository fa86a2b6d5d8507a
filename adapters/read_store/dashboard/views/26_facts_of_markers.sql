-- Facts about warning markers: when each was past its review.

CREATE OR REPLACE VIEW read_models.dashboard_facts_of_markers AS
WITH step AS (
    -- Being placed, and each review, set the day of the next review, or leave it as it was.
    SELECT m.case_id, m.marker_id, m.removed_at, 0 AS place, m.placed_at AS at,
           m.first_review_due AS due, false AS is_end
    FROM {markers} AS m
    UNION ALL
    SELECT m.case_id, m.marker_id, m.removed_at, review.place, (review.told ->> 'at')::timestamptz,
           (review.told ->> 'next_review')::date, review.told ->> 'outcome' = 'end'
    FROM {markers} AS m
    CROSS JOIN LATERAL jsonb_array_elements(m.reviews) WITH ORDINALITY AS review (told, place)
),
spell AS (
    SELECT case_id, marker_id, is_end,
           -- The last day that was set by then.
           (array_agg(due) FILTER (WHERE due IS NOT NULL)
            OVER (PARTITION BY case_id, marker_id ORDER BY place DESC
                  ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING))[1] AS due,
           (least(removed_at, lead(at) OVER (PARTITION BY case_id, marker_id ORDER BY place))
            AT TIME ZONE 'Europe/London')::date AS until
    FROM step
)
SELECT 'markers_overdue' AS figure, '' AS dimension, due + 1 AS day, until, case_id,
       'marker:' || marker_id AS item, 1::numeric AS value
FROM spell CROSS JOIN read_models.dashboard_today AS t
WHERE NOT is_end AND due < t.today AND (until IS NULL OR until > due);
