-- The annual benchmark among landlords: rates per 1,000 homes, small numbers held back.

CREATE OR REPLACE VIEW dashboard.benchmark AS
WITH measured AS (
    SELECT starts_on, ends_on, scope, authority,
           coalesce(sum(value) FILTER (WHERE figure = 'concerns'), 0) AS concerns,
           coalesce(sum(value) FILTER (WHERE figure = 'referrals_sent'), 0) AS referrals,
           coalesce(sum(value) FILTER (WHERE figure = 'domestic_abuse_cases'), 0) AS domestic_abuse,
           coalesce(sum(value) FILTER (WHERE figure = 'hoarding_cases'), 0) AS hoarding,
           max(value) FILTER (WHERE figure = 'referrals_accepted' AND facts >= 5) AS accepted,
           max(value) FILTER (WHERE figure = 'feedback_within_28_days' AND facts >= 5) AS feedback,
           max(value) FILTER (WHERE figure = 'invited' AND facts >= 5) AS invited,
           max(value) FILTER (WHERE figure = 'days_to_decision' AND facts >= 5) AS to_decision,
           max(value) FILTER (WHERE figure = 'referral_to_meeting_days' AND facts >= 5) AS to_meeting,
           max(value) FILTER (WHERE figure = 'general_needs' AND facts >= 5) AS general_needs,
           array_agg(figure) FILTER (
               WHERE facts < 5 AND figure IN (
                   'referrals_accepted', 'feedback_within_28_days', 'invited', 'days_to_decision',
                   'referral_to_meeting_days', 'general_needs'
               )
           ) AS few
    FROM dashboard.figures
    WHERE period = 'year' AND figure IN (
        'concerns', 'referrals_sent', 'domestic_abuse_cases', 'hoarding_cases',
        'referrals_accepted', 'feedback_within_28_days', 'invited', 'days_to_decision',
        'referral_to_meeting_days', 'general_needs'
    )
    GROUP BY starts_on, ends_on, scope, authority
),
housed AS (
    SELECT m.*, homes.homes
    FROM measured AS m
    CROSS JOIN LATERAL (
        SELECT sum(latest.homes) AS homes
        FROM (
            SELECT DISTINCT ON (h.authority, h.housing_type) h.authority, h.homes
            FROM {homes} AS h
            WHERE h.as_of <= m.ends_on
            ORDER BY h.authority, h.housing_type, h.as_of DESC, h.recorded_at DESC
        ) AS latest
        WHERE m.scope = 'all' OR latest.authority = m.authority
    ) AS homes
),
held_back AS (
    -- Where one authority is held back, so is the smallest of the others: or the total less all the
    -- others would give it away.
    SELECT housed.*,
           concerns BETWEEN 1 AND 4 OR (
               scope = 'authority' AND bool_or(concerns BETWEEN 1 AND 4) OVER peers
               AND concerns IS NOT DISTINCT FROM
                   min(concerns) FILTER (WHERE concerns >= 5) OVER peers
           ) AS hides_concerns,
           referrals BETWEEN 1 AND 4 OR (
               scope = 'authority' AND bool_or(referrals BETWEEN 1 AND 4) OVER peers
               AND referrals IS NOT DISTINCT FROM
                   min(referrals) FILTER (WHERE referrals >= 5) OVER peers
           ) AS hides_referrals,
           domestic_abuse BETWEEN 1 AND 4 OR (
               scope = 'authority' AND bool_or(domestic_abuse BETWEEN 1 AND 4) OVER peers
               AND domestic_abuse IS NOT DISTINCT FROM
                   min(domestic_abuse) FILTER (WHERE domestic_abuse >= 5) OVER peers
           ) AS hides_domestic_abuse,
           hoarding BETWEEN 1 AND 4 OR (
               scope = 'authority' AND bool_or(hoarding BETWEEN 1 AND 4) OVER peers
               AND hoarding IS NOT DISTINCT FROM
                   min(hoarding) FILTER (WHERE hoarding >= 5) OVER peers
           ) AS hides_hoarding
    FROM housed
    WINDOW peers AS (PARTITION BY starts_on, scope)
)
SELECT extract(year FROM starts_on)::int AS year,
       scope,
       authority,
       homes,
       CASE WHEN NOT hides_concerns THEN concerns END AS concerns,
       CASE WHEN NOT hides_referrals THEN referrals END AS referrals,
       CASE WHEN NOT hides_domestic_abuse THEN domestic_abuse END AS domestic_abuse_cases,
       CASE WHEN NOT hides_hoarding THEN hoarding END AS hoarding_cases,
       CASE WHEN NOT hides_concerns
            THEN round(1000 * concerns / nullif(homes, 0), 2) END AS concerns_per_1000_homes,
       CASE WHEN NOT hides_referrals
            THEN round(1000 * referrals / nullif(homes, 0), 2) END AS referrals_per_1000_homes,
       CASE WHEN NOT hides_domestic_abuse THEN round(1000 * domestic_abuse / nullif(homes, 0), 2)
       END AS domestic_abuse_per_1000_homes,
       CASE WHEN NOT hides_hoarding
            THEN round(1000 * hoarding / nullif(homes, 0), 2) END AS hoarding_per_1000_homes,
       accepted AS referrals_accepted_percent,
       feedback AS feedback_within_28_days_percent,
       invited AS invited_percent,
       to_decision AS median_days_to_decision,
       to_meeting AS median_days_to_meeting,
       general_needs AS general_needs_percent,
       hides_concerns OR hides_referrals OR hides_domestic_abuse OR hides_hoarding
           OR few IS NOT NULL AS is_suppressed
FROM held_back;

COMMENT ON VIEW dashboard.benchmark IS
    'The figures of a calendar year for comparison among landlords, overall and by local authority. '
    'Counts from 1 to 4, rates made of them, and percentages and medians out of fewer than 5 are '
    'held back; so is the smallest count of another authority where one is held back, so that the '
    'total does not give it away.';
COMMENT ON COLUMN dashboard.benchmark.year IS 'The calendar year.';
COMMENT ON COLUMN dashboard.benchmark.scope IS '`all`, or one `authority`.';
COMMENT ON COLUMN dashboard.benchmark.authority IS
    'The local authority; with scope `authority` and nothing here, what lies with none that is known.';
COMMENT ON COLUMN dashboard.benchmark.homes IS
    'Homes by the latest count of each kind up to the end of the year; empty where none is known.';
COMMENT ON COLUMN dashboard.benchmark.concerns IS 'Concerns that became known.';
COMMENT ON COLUMN dashboard.benchmark.referrals IS 'Referrals sent.';
COMMENT ON COLUMN dashboard.benchmark.domestic_abuse_cases IS
    'Cases in which domestic abuse was first known.';
COMMENT ON COLUMN dashboard.benchmark.hoarding_cases IS
    'New and reclassified safeguarding cases that are hoarding.';
COMMENT ON COLUMN dashboard.benchmark.concerns_per_1000_homes IS 'Concerns per 1,000 homes.';
COMMENT ON COLUMN dashboard.benchmark.referrals_per_1000_homes IS 'Referrals per 1,000 homes.';
COMMENT ON COLUMN dashboard.benchmark.domestic_abuse_per_1000_homes IS
    'Domestic abuse cases per 1,000 homes.';
COMMENT ON COLUMN dashboard.benchmark.hoarding_per_1000_homes IS
    'Hoarding cases per 1,000 homes.';
COMMENT ON COLUMN dashboard.benchmark.referrals_accepted_percent IS
    'The figure `referrals_accepted`.';
COMMENT ON COLUMN dashboard.benchmark.feedback_within_28_days_percent IS
    'The figure `feedback_within_28_days`.';
COMMENT ON COLUMN dashboard.benchmark.invited_percent IS 'The figure `invited`.';
COMMENT ON COLUMN dashboard.benchmark.median_days_to_decision IS
    'The figure `days_to_decision`.';
COMMENT ON COLUMN dashboard.benchmark.median_days_to_meeting IS
    'The figure `referral_to_meeting_days`.';
COMMENT ON COLUMN dashboard.benchmark.general_needs_percent IS 'The figure `general_needs`.';
COMMENT ON COLUMN dashboard.benchmark.is_suppressed IS 'Whether anything is held back.';
