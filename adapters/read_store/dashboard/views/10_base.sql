-- What the views for readers are made of. Only the schema `dashboard` is for readers; these hold
-- references to persons and places, or cases that are never named.

CREATE OR REPLACE VIEW read_models.dashboard_property AS
SELECT DISTINCT ON (property_ref)
       property_ref, area_lsoa, estate, block, authority, housing_type
FROM {properties}
ORDER BY property_ref, described_at DESC, case_id;

CREATE OR REPLACE VIEW read_models.dashboard_case AS
SELECT k.case_id,
       k.case_ref,
       -- A case about staff is counted, but nobody is led to it.
       NOT ('staff' IN (k.first_classification, k.classification)
            OR k.strands @> '["staff"]') AS is_named,
       k.opened_on,
       k.first_classification,
       k.classification,
       k.new_case_on,
       k.new_case_via,
       k.domestic_abuse_on,
       k.hoarding_on,
       k.strands,
       k.abuse_types,
       k.channel,
       k.basis,
       k.raised_by_kind,
       k.raised_by_team,
       k.property_ref,
       coalesce(k.authority, p.authority) AS authority,
       coalesce(k.housing_type, p.housing_type) AS housing_type,
       k.tenure_role,
       k.reclassifications,
       k.misbadged_days,
       k.first_report_on,
       k.reporting_delay_days,
       k.reporting_delay,
       k.triaged_on,
       k.no_statutory_route,
       k.no_statutory_route_on,
       k.first_referral_on,
       k.first_meeting_after_referral_on,
       k.days_to_meeting,
       k.referral_waits,
       k.is_open,
       k.spells,
       k.closed_on,
       k.reopened_on,
       k.assurance,
       k.risk_outcome,
       k.concerns,
       k.low_level_concerns,
       k.consent_overrides,
       k.staff_allegations,
       k.enquiries_asked,
       k.asb_alleged_perpetrators,
       k.asb_re_roled
FROM {kpi_case} AS k
LEFT JOIN read_models.dashboard_property AS p USING (property_ref);

CREATE OR REPLACE VIEW read_models.dashboard_vulnerability AS
SELECT p.case_id,
       -- Where records were merged, by the reference that goes on being used.
       coalesce(p.alias_of, p.person) AS person,
       held.vulnerability_type,
       held.since,
       held.until
FROM {people} AS p
CROSS JOIN LATERAL jsonb_to_recordset(p.vulnerabilities)
    AS held (vulnerability_type text, since date, until date);

CREATE OR REPLACE VIEW read_models.dashboard_today AS
SELECT (now() AT TIME ZONE 'Europe/London')::date AS today;

CREATE OR REPLACE VIEW read_models.dashboard_referral AS
SELECT r.case_id,
       r.referral_id,
       r.route,
       r.receiving_org,
       r.urgency,
       (r.sent_at AT TIME ZONE 'Europe/London')::date AS sent_on,
       (coalesce(r.resubmitted_at, r.sent_at) AT TIME ZONE 'Europe/London')::date AS put_on,
       r.resubmissions,
       (r.withdrawn_at AT TIME ZONE 'Europe/London')::date AS withdrawn_on,
       r.feedback_due,
       (r.acknowledged_at AT TIME ZONE 'Europe/London')::date AS acknowledged_on,
       r.decision,
       CASE WHEN r.decision IN ({final_decisions})
            THEN (r.decision_at AT TIME ZONE 'Europe/London')::date END AS decided_on,
       CASE WHEN r.decision IN ({final_decisions})
            THEN r.decision IN ({accepting_decisions}) END AS is_accepted,
       r.decision_reason_code,
       r.chases,
       (heard.first_at AT TIME ZONE 'Europe/London')::date AS first_feedback_on,
       heard.is_adequate,
       r.feedback_quality,
       r.assurance,
       r.unanswered
FROM {referrals} AS r
CROSS JOIN LATERAL (
    SELECT min(answer.at) AS first_at,
           coalesce(bool_or(answer.quality IN ({adequate_feedback})), false) AS is_adequate
    FROM jsonb_to_recordset(r.answers) AS answer (at timestamptz, quality text)
    WHERE answer.quality <> 'none'
) AS heard;

CREATE OR REPLACE VIEW read_models.dashboard_action AS
SELECT a.case_id,
       a.action_id,
       a.kind,
       a.owner_org,
       a.safety,
       a.origin,
       a.status,
       (a.agreed_at AT TIME ZONE 'Europe/London')::date AS agreed_on,
       a.first_due,
       a.due,
       a.reschedules,
       a.reopenings,
       (a.completed_at AT TIME ZONE 'Europe/London')::date AS completed_on,
       (a.cancelled_at AT TIME ZONE 'Europe/London')::date AS cancelled_on,
       (coalesce(a.completed_at, a.cancelled_at) AT TIME ZONE 'Europe/London')::date AS settled_on,
       substring(a.case_ref FROM '^authority:(.*)') AS file_authority
FROM {action_plan} AS a;

CREATE OR REPLACE VIEW read_models.dashboard_meeting AS
SELECT m.case_id,
       m.meeting_id,
       m.forum,
       m.status,
       m.convenor,
       (m.scheduled_for AT TIME ZONE 'Europe/London')::date AS scheduled_on,
       (m.held_at AT TIME ZONE 'Europe/London')::date AS held_on,
       m.invite_state,
       coalesce(m.invite_basis, 'unknown') AS invite_basis,
       m.invite_notice_days,
       CASE WHEN m.invite_state <> 'unknown'
            THEN m.invite_state IN ('invited-in-time', 'invited-late', 'declined')
       END AS is_invited,
       CASE WHEN m.invite_state NOT IN ('unknown', 'declined')
            THEN m.invite_state = 'invited-in-time' END AS is_invited_in_time,
       (m.minutes_received_at AT TIME ZONE 'Europe/London')::date AS minutes_received_on,
       (m.missed_discovered_at AT TIME ZONE 'Europe/London')::date AS missed_discovered_on
FROM {meetings} AS m;
