-- Facts about cases as such: how they come in, what they are, how they end.

CREATE OR REPLACE VIEW read_models.dashboard_facts_of_cases AS
WITH c AS (SELECT * FROM read_models.dashboard_case),
     new AS (SELECT * FROM c WHERE new_case_via = 'opened')

SELECT 'new_cases' AS figure, '' AS dimension, new_case_on AS day, NULL::date AS until,
       case_id, '' AS item, 1::numeric AS value
FROM new
UNION ALL
SELECT split.figure, split.dimension, new.new_case_on, NULL, new.case_id, '', 1
FROM new
CROSS JOIN LATERAL (
    SELECT 'new_cases_by_strand', strand
    FROM jsonb_array_elements_text(new.strands) AS strand
    UNION ALL
    SELECT 'new_cases_by_strand', 'unknown' WHERE new.strands = '[]'
    UNION ALL
    SELECT 'new_cases_by_abuse_type', abuse_type
    FROM jsonb_array_elements_text(new.abuse_types) AS abuse_type
    UNION ALL
    VALUES ('new_cases_by_channel', coalesce(new.channel, 'unknown')),
           ('new_cases_by_reporter', coalesce(new.raised_by_kind, 'unknown')),
           ('new_cases_by_team', coalesce(new.raised_by_team, 'unknown')),
           ('new_cases_by_housing_type', coalesce(new.housing_type, 'unknown')),
           ('new_cases_by_tenure', coalesce(new.tenure_role, 'unknown'))
) AS split (figure, dimension)
UNION ALL
SELECT 'general_needs', '', new_case_on, NULL, case_id, '', (housing_type = 'general-needs')::int
FROM new WHERE housing_type IS NOT NULL
UNION ALL
SELECT 'reclassified_into_safeguarding', '', new_case_on, NULL, case_id, '', 1
FROM c WHERE new_case_via = 'reclassified'
UNION ALL
SELECT 'domestic_abuse_cases', '', domestic_abuse_on, NULL, case_id, '', 1
FROM c WHERE domestic_abuse_on IS NOT NULL
UNION ALL
SELECT 'hoarding_cases', new_case_via, new_case_on, NULL, case_id, '', 1
FROM c WHERE hoarding_on IS NOT NULL AND new_case_on IS NOT NULL

UNION ALL
SELECT turn.figure, turn.dimension, turn.day, turn.until, c.case_id, '', 1
FROM c
CROSS JOIN LATERAL jsonb_to_recordset(c.spells)
    AS spell (opened_on date, closed_on date, assurance text, risk_outcome text)
CROSS JOIN LATERAL (
    VALUES ('open_cases', '', greatest(spell.opened_on, c.new_case_on), spell.closed_on),
           ('closed_cases', '', spell.closed_on, NULL),
           ('closed_cases_by_assurance', spell.assurance, spell.closed_on, NULL),
           ('closed_cases_by_risk_outcome', spell.risk_outcome, spell.closed_on, NULL)
) AS turn (figure, dimension, day, until)
WHERE turn.day IS NOT NULL AND (spell.closed_on IS NULL OR spell.closed_on >= c.new_case_on)
  AND c.new_case_on IS NOT NULL
UNION ALL
SELECT 'reopened_cases', '', day::date, NULL, c.case_id, '', 1
FROM c CROSS JOIN LATERAL jsonb_array_elements_text(c.reopened_on) AS day
WHERE day::date >= c.new_case_on

UNION ALL
SELECT 'reclassifications', change.was || ' > ' || change.now, change.day, NULL, c.case_id, '', 1
FROM c
CROSS JOIN LATERAL jsonb_to_recordset(c.reclassifications) AS change (day date, was text, now text)
UNION ALL
SELECT 'misbadged_days', '', (reclassifications -> 0 ->> 'day')::date, NULL, case_id, '',
       misbadged_days
FROM c WHERE misbadged_days IS NOT NULL

UNION ALL
SELECT 'reporting_delay', reporting_delay, first_report_on, NULL, case_id, '', 1
FROM c WHERE reporting_delay IS NOT NULL
UNION ALL
SELECT 'reporting_delay_days', '', first_report_on, NULL, case_id, '', reporting_delay_days
FROM c WHERE reporting_delay_days IS NOT NULL

UNION ALL
SELECT 'no_statutory_route', no_statutory_route, no_statutory_route_on, NULL, case_id, '', 1
FROM c WHERE no_statutory_route IS NOT NULL
UNION ALL
SELECT 'enquiries_asked', '', day::date, NULL, c.case_id, '', 1
FROM c CROSS JOIN LATERAL jsonb_array_elements_text(c.enquiries_asked) AS day
UNION ALL
SELECT 'consent_overrides', '', override.day, NULL, c.case_id, '', 1
FROM c
CROSS JOIN LATERAL jsonb_to_recordset(c.consent_overrides) AS override (day date, grounds jsonb)
UNION ALL
SELECT 'consent_overrides_by_ground', ground, override.day, NULL, c.case_id, '', 1
FROM c
CROSS JOIN LATERAL jsonb_to_recordset(c.consent_overrides) AS override (day date, grounds jsonb)
CROSS JOIN LATERAL jsonb_array_elements_text(override.grounds) AS ground
UNION ALL
SELECT 'staff_allegations', '', day::date, NULL, c.case_id, '', 1
FROM c CROSS JOIN LATERAL jsonb_array_elements_text(c.staff_allegations) AS day
UNION ALL
SELECT 'asb_re_roled', '', opened_on, NULL, case_id, '', (person <= asb_re_roled)::int
FROM c CROSS JOIN LATERAL generate_series(1, asb_alleged_perpetrators) AS person;
