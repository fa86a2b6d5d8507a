-- One line per thing counted, from which every figure is made and which lists what lies behind it.
--
-- `dashboard_facts` counts anew each time it is asked. `dashboard.facts` shows the lines as they were
-- last counted and kept, by `counting.py`; until they first were, it counts anew too.

CREATE OR REPLACE VIEW read_models.dashboard_facts AS
WITH told AS (
    SELECT *, NULL AS authority, NULL AS housing_type FROM read_models.dashboard_facts_of_cases
    UNION ALL
    SELECT * FROM read_models.dashboard_facts_of_reports
    UNION ALL
    SELECT *, NULL, NULL FROM read_models.dashboard_facts_of_referrals
    UNION ALL
    SELECT *, NULL, NULL FROM read_models.dashboard_facts_of_meetings
    UNION ALL
    SELECT *, NULL FROM read_models.dashboard_facts_of_actions
    UNION ALL
    SELECT * FROM read_models.dashboard_facts_of_landlord
    UNION ALL
    SELECT *, NULL, NULL FROM read_models.dashboard_facts_of_markers
    UNION ALL
    SELECT * FROM read_models.dashboard_facts_of_reviews
    UNION ALL
    SELECT *, NULL, NULL FROM read_models.dashboard_facts_of_dissent
),
placed AS (
    -- What points at members of staff or at partners' manners is shown as a number alone.
    SELECT told.*, c.case_ref,
           coalesce(c.is_named, false) AND figure <> 'staff_allegations'
           AND (figure, dimension) <> ('barriers', 'attitude') AS is_named,
           figure = 'staff_allegations' OR (figure, dimension) = ('barriers', 'attitude')
               AS is_number_alone,
           c.authority AS case_authority,
           c.housing_type AS case_housing_type
    FROM told LEFT JOIN read_models.dashboard_case AS c USING (case_id)
)
SELECT figure,
       dimension,
       day,
       until,
       CASE WHEN is_named THEN case_id END AS case_id,
       CASE WHEN is_named THEN case_ref END AS case_ref,
       CASE WHEN is_named OR case_id IS NULL THEN item ELSE '' END AS item,
       CASE WHEN NOT is_number_alone THEN coalesce(case_authority, authority) END AS authority,
       CASE WHEN NOT is_number_alone THEN coalesce(case_housing_type, housing_type) END
           AS housing_type,
       value
FROM placed;

CREATE OR REPLACE VIEW read_models.dashboard_facts_kept AS
SELECT * FROM read_models.dashboard_facts;

CREATE OR REPLACE VIEW dashboard.facts AS
SELECT * FROM read_models.dashboard_facts;

COMMENT ON VIEW dashboard.facts IS
    'Everything that is counted, one line each; what a figure counts is said in `definitions`.';
COMMENT ON COLUMN dashboard.facts.figure IS 'The figure it counts towards.';
COMMENT ON COLUMN dashboard.facts.dimension IS
    'What it is counted under where the figure is split, such as a strand; else empty.';
COMMENT ON COLUMN dashboard.facts.day IS
    'The day in England on which it counts, or from which on where the figure is a stock.';
COMMENT ON COLUMN dashboard.facts.until IS
    'The day in England on which it ceased to count, for a figure that is a stock.';
COMMENT ON COLUMN dashboard.facts.case_id IS
    'The case; empty for what belongs to none, and for cases about staff, which are never named.';
COMMENT ON COLUMN dashboard.facts.case_ref IS 'The case by its reference; empty as before.';
COMMENT ON COLUMN dashboard.facts.item IS
    'What it is within the case, such as `referral:R1`; empty for the case itself.';
COMMENT ON COLUMN dashboard.facts.authority IS
    'The local authority of the case or the place, or on whose file it stands; empty where not '
    'known.';
COMMENT ON COLUMN dashboard.facts.housing_type IS
    'The kind of home the case, or the place, is; empty where not known.';
COMMENT ON COLUMN dashboard.facts.value IS
    'What it adds: 1 for a count; 1 or 0 for a percentage; days for a median.';
