-- Lists of what lies behind the figures: cases, referrals, meetings, actions, flags.

CREATE OR REPLACE VIEW dashboard.cases AS
SELECT CASE WHEN c.is_named THEN c.case_id END AS case_id,
       CASE WHEN c.is_named THEN c.case_ref END AS case_ref,
       c.authority,
       c.housing_type,
       c.tenure_role,
       c.is_open,
       c.first_classification,
       c.classification,
       ARRAY(SELECT jsonb_array_elements_text(c.strands)) AS strands,
       c.opened_on,
       c.new_case_on,
       c.new_case_via,
       c.domestic_abuse_on,
       c.hoarding_on,
       (SELECT max(day::date) FROM jsonb_array_elements_text(c.closed_on) AS day) AS last_closed_on,
       jsonb_array_length(c.reopened_on) AS reopenings,
       jsonb_array_length(c.reclassifications) AS reclassifications,
       c.misbadged_days,
       c.channel,
       c.reporting_delay_days,
       c.reporting_delay,
       c.triaged_on,
       c.first_referral_on,
       c.first_meeting_after_referral_on,
       c.days_to_meeting,
       c.assurance,
       c.risk_outcome,
       c.concerns,
       c.low_level_concerns,
       jsonb_array_length(c.consent_overrides) AS consent_overrides,
       s.risk_level,
       s.open_actions,
       s.open_referrals,
       s.meetings_held,
       (s.last_event_at AT TIME ZONE 'Europe/London')::date AS last_event_on
FROM read_models.dashboard_case AS c
LEFT JOIN {case_state} AS s ON s.case_id = c.case_id;

COMMENT ON VIEW dashboard.cases IS
    'One line per case, of safeguarding or not. Every day is one in England.';
COMMENT ON COLUMN dashboard.cases.case_id IS
    'The case; empty for cases about staff, which are counted but never named.';
COMMENT ON COLUMN dashboard.cases.case_ref IS 'The case by its reference; empty as before.';
COMMENT ON COLUMN dashboard.cases.authority IS
    'The local authority it was opened with, or else that of the place; empty where not known.';
COMMENT ON COLUMN dashboard.cases.housing_type IS 'The kind of home; empty where not known.';
COMMENT ON COLUMN dashboard.cases.tenure_role IS
    'How the person harmed or at risk holds or shares the home; empty where not known.';
COMMENT ON COLUMN dashboard.cases.is_open IS 'Whether work on it goes on.';
COMMENT ON COLUMN dashboard.cases.first_classification IS 'What it was treated as to begin with.';
COMMENT ON COLUMN dashboard.cases.classification IS 'What it is treated as now.';
COMMENT ON COLUMN dashboard.cases.strands IS 'Every strand of safeguarding it has run in.';
COMMENT ON COLUMN dashboard.cases.opened_on IS 'The day from which the landlord had it.';
COMMENT ON COLUMN dashboard.cases.new_case_on IS
    'The day on which it was first treated as safeguarding; empty if it never was.';
COMMENT ON COLUMN dashboard.cases.new_case_via IS
    'Whether it was so when `opened`, or only once `reclassified`.';
COMMENT ON COLUMN dashboard.cases.domestic_abuse_on IS
    'The day on which domestic abuse was first known; empty if it never was.';
COMMENT ON COLUMN dashboard.cases.hoarding_on IS
    'The day on which hoarding was first known; empty if it never was, or it is no safeguarding case.';
COMMENT ON COLUMN dashboard.cases.last_closed_on IS 'The day on which it was last closed.';
COMMENT ON COLUMN dashboard.cases.reopenings IS 'How often it was opened again.';
COMMENT ON COLUMN dashboard.cases.reclassifications IS 'How often it was reclassified.';
COMMENT ON COLUMN dashboard.cases.misbadged_days IS
    'Days from when the landlord first knew to the first reclassification.';
COMMENT ON COLUMN dashboard.cases.channel IS 'How the first concern reached the landlord.';
COMMENT ON COLUMN dashboard.cases.reporting_delay_days IS
    'Days from what was first reported to when that became known.';
COMMENT ON COLUMN dashboard.cases.reporting_delay IS 'The span those days fall into.';
COMMENT ON COLUMN dashboard.cases.triaged_on IS 'The day of the first triage.';
COMMENT ON COLUMN dashboard.cases.first_referral_on IS 'The day of the first referral.';
COMMENT ON COLUMN dashboard.cases.first_meeting_after_referral_on IS
    'The day of the first meeting held from then on.';
COMMENT ON COLUMN dashboard.cases.days_to_meeting IS 'Days from the one to the other.';
COMMENT ON COLUMN dashboard.cases.assurance IS
    'How sure the landlord was at closing that the risk was dealt with; empty while it is open.';
COMMENT ON COLUMN dashboard.cases.risk_outcome IS
    'What had become of the risk at closing; empty while it is open.';
COMMENT ON COLUMN dashboard.cases.concerns IS 'How many concerns were raised.';
COMMENT ON COLUMN dashboard.cases.low_level_concerns IS 'How many of them were of a low level.';
COMMENT ON COLUMN dashboard.cases.consent_overrides IS
    'How often it was decided to act without consent.';
COMMENT ON COLUMN dashboard.cases.risk_level IS 'The risk as last assessed, but not to visitors.';
COMMENT ON COLUMN dashboard.cases.open_actions IS 'How many actions are open.';
COMMENT ON COLUMN dashboard.cases.open_referrals IS 'How many referrals are open.';
COMMENT ON COLUMN dashboard.cases.meetings_held IS 'How many meetings were held.';
COMMENT ON COLUMN dashboard.cases.last_event_on IS 'The day of the latest that happened.';
