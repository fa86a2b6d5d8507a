-- Facts about what was told to have happened: concerns, incidents, signs of exploitation.

CREATE OR REPLACE VIEW read_models.dashboard_report AS
SELECT r.case_id,
       r.file,
       r.event_id,
       r.report,
       r.known_on,
       r.happened_on,
       r.kind,
       r.indicator,
       r.strands,
       r.hate_strands,
       r.low_level,
       r.context_factors,
       p.authority,
       p.housing_type,
       p.area_lsoa,
       p.estate,
       p.block
FROM {reports} AS r
LEFT JOIN {kpi_case} AS k ON k.case_id = r.case_id
-- A report that does not say where happened where its file, or its case, is about.
LEFT JOIN LATERAL (
    SELECT own.property_ref FROM {properties} AS own
    WHERE own.case_id = r.case_id ORDER BY own.described_at DESC LIMIT 1
) AS file ON r.property_ref IS NULL AND r.file = 'property'
LEFT JOIN read_models.dashboard_property AS p
    ON p.property_ref = coalesce(r.property_ref, file.property_ref, k.property_ref);

CREATE OR REPLACE VIEW read_models.dashboard_facts_of_reports AS
SELECT told.figure, told.dimension, r.known_on AS day, NULL::date AS until, r.case_id,
       r.report || ':' || r.event_id AS item, 1::numeric AS value, r.authority, r.housing_type
FROM read_models.dashboard_report AS r
CROSS JOIN LATERAL (
    SELECT 'concerns', '' WHERE r.report = 'concern'
    UNION ALL
    SELECT 'low_level_concerns', '' WHERE r.low_level
    UNION ALL
    SELECT 'concerns_by_strand', strand FROM jsonb_array_elements_text(r.strands) AS strand
    UNION ALL
    SELECT 'concerns_by_strand', 'unknown' WHERE r.report = 'concern' AND r.strands = '[]'
    UNION ALL
    SELECT 'concerns_by_context_factor', factor
    FROM jsonb_array_elements_text(r.context_factors) AS factor
    UNION ALL
    SELECT 'incidents', r.kind WHERE r.report = 'incident'
    UNION ALL
    SELECT 'hate_reports', strand FROM jsonb_array_elements_text(r.hate_strands) AS strand
    UNION ALL
    SELECT 'exploitation_signs', r.indicator WHERE r.report = 'indicator'
) AS told (figure, dimension);
