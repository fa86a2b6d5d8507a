-- Where reports come together. Counts below 5 could point at someone and are held back. The others
-- are rounded, or what is held back could be taken from a total: of an area, an estate, all kinds.
-- Of vulnerability it takes five persons, as many reports may be about one.

CREATE OR REPLACE VIEW dashboard.hot_spots AS
WITH counted AS (
    SELECT r.authority, area.level, area.name,
           date_trunc('quarter', r.happened_on::timestamp)::date AS quarter,
           told.measure, told.code, count(DISTINCT r.event_id) AS reports,
           count(DISTINCT told.person) AS persons
    FROM read_models.dashboard_report AS r
    CROSS JOIN LATERAL (VALUES
        ('lsoa', r.area_lsoa),
        ('estate', r.estate),
        ('block', CASE WHEN r.block IS NOT NULL THEN concat_ws(', ', r.estate, r.block) END)
    ) AS area (level, name)
    CROSS JOIN LATERAL (
        SELECT 'all', '', NULL
        UNION ALL
        SELECT 'strand', strand, NULL FROM jsonb_array_elements_text(r.strands) AS strand
        UNION ALL
        SELECT 'hate-strand', strand, NULL FROM jsonb_array_elements_text(r.hate_strands) AS strand
        UNION ALL
        SELECT 'kind', r.kind, NULL WHERE r.kind IS NOT NULL
        UNION ALL
        SELECT 'sign', r.indicator, NULL WHERE r.indicator IS NOT NULL
        UNION ALL
        SELECT 'vulnerability', v.vulnerability_type, v.person
        FROM read_models.dashboard_vulnerability AS v
        WHERE v.case_id = r.case_id AND coalesce(v.since <= r.happened_on, true)
          AND coalesce(r.happened_on <= v.until, true)
    ) AS told (measure, code, person)
    WHERE area.name IS NOT NULL
    GROUP BY r.authority, area.level, area.name, quarter, told.measure, told.code
),
held_back AS (
    SELECT *, reports < 5 OR measure = 'vulnerability' AND persons < 5 AS is_suppressed
    FROM counted
)
SELECT authority, level AS area_level, name AS area, quarter, measure, code,
       CASE WHEN NOT is_suppressed THEN 5 * round(reports / 5.0)::bigint END AS reports,
       is_suppressed
FROM held_back;

COMMENT ON VIEW dashboard.hot_spots IS
    'Incidents, concerns and signs of exploitation by area and quarter of happening, on the files of '
    'cases, persons and properties. Counts below 5 are held back, others rounded to the nearest 5; '
    'of vulnerability also those of fewer than 5 persons.';
COMMENT ON COLUMN dashboard.hot_spots.authority IS 'The local authority the area lies in.';
COMMENT ON COLUMN dashboard.hot_spots.area_level IS
    '`lsoa` (statistical area), `estate` or `block`.';
COMMENT ON COLUMN dashboard.hot_spots.area IS
    'The area; a block after its estate, as names of blocks recur.';
COMMENT ON COLUMN dashboard.hot_spots.quarter IS 'The first day of the quarter, in England.';
COMMENT ON COLUMN dashboard.hot_spots.measure IS
    'What is counted: `all` reports, or those of a `strand` of safeguarding, with a `hate-strand`, of '
    'a `kind` of incident, or of a `sign` of exploitation; or those on whose file someone had a '
    '`vulnerability` when it happened.';
COMMENT ON COLUMN dashboard.hot_spots.code IS
    'Which strand, kind, sign or vulnerability; empty for all.';
COMMENT ON COLUMN dashboard.hot_spots.reports IS 'How many, to the nearest 5; empty where held back.';
COMMENT ON COLUMN dashboard.hot_spots.is_suppressed IS 'Whether the count is held back.';
