CREATE OR REPLACE VIEW dashboard.referrals AS
SELECT CASE WHEN c.is_named THEN r.case_id END AS case_id,
       CASE WHEN c.is_named THEN c.case_ref END AS case_ref,
       CASE WHEN c.is_named THEN r.referral_id END AS referral_id,
       c.authority,
       r.route,
       r.receiving_org,
       r.urgency,
       r.sent_on,
       r.resubmissions,
       r.withdrawn_on,
       r.acknowledged_on,
       r.decision,
       r.decided_on,
       r.is_accepted,
       r.decision_reason_code,
       greatest(r.decided_on - r.put_on, 0) AS days_to_decision,
       r.feedback_due,
       r.first_feedback_on,
       r.feedback_quality,
       r.is_adequate AS feedback_adequate,
       r.chases,
       r.assurance,
       ARRAY(SELECT jsonb_array_elements_text(r.unanswered)) AS unanswered,
       r.unanswered @> '["feedback"]' AND r.feedback_due < t.today AS is_overdue
FROM read_models.dashboard_referral AS r
CROSS JOIN read_models.dashboard_today AS t
LEFT JOIN read_models.dashboard_case AS c USING (case_id);

COMMENT ON VIEW dashboard.referrals IS
    'One line per referral. Of one that was put again, what was heard since is told.';
COMMENT ON COLUMN dashboard.referrals.case_id IS
    'The case; empty for cases about staff, which are counted but never named.';
COMMENT ON COLUMN dashboard.referrals.case_ref IS 'The case by its reference; empty as before.';
COMMENT ON COLUMN dashboard.referrals.referral_id IS
    'The referral''s reference within the case; empty as before.';
COMMENT ON COLUMN dashboard.referrals.authority IS 'The local authority of the case.';
COMMENT ON COLUMN dashboard.referrals.route IS 'Whose door it was put through.';
COMMENT ON COLUMN dashboard.referrals.receiving_org IS 'The organisation asked.';
COMMENT ON COLUMN dashboard.referrals.urgency IS 'How fast an answer was asked for.';
COMMENT ON COLUMN dashboard.referrals.sent_on IS 'The day on which it was first sent.';
COMMENT ON COLUMN dashboard.referrals.resubmissions IS 'How often it was put again.';
COMMENT ON COLUMN dashboard.referrals.withdrawn_on IS 'The day on which it was withdrawn.';
COMMENT ON COLUMN dashboard.referrals.acknowledged_on IS 'The day of the acknowledgement.';
COMMENT ON COLUMN dashboard.referrals.decision IS 'What they decided, or that they have not.';
COMMENT ON COLUMN dashboard.referrals.decided_on IS
    'The day of the decision that settled it; empty while none has.';
COMMENT ON COLUMN dashboard.referrals.is_accepted IS
    'Whether they took it on in any way; empty while not decided.';
COMMENT ON COLUMN dashboard.referrals.decision_reason_code IS 'Why they did not, as they put it.';
COMMENT ON COLUMN dashboard.referrals.days_to_decision IS
    'Days from when it was put, or put again, to the decision.';
COMMENT ON COLUMN dashboard.referrals.feedback_due IS 'The day by which feedback is expected.';
COMMENT ON COLUMN dashboard.referrals.first_feedback_on IS 'The day on which any first came.';
COMMENT ON COLUMN dashboard.referrals.feedback_quality IS 'How much the latest feedback says.';
COMMENT ON COLUMN dashboard.referrals.feedback_adequate IS
    'Whether any gave reasons, or confirmed that the risk was assessed and mitigated.';
COMMENT ON COLUMN dashboard.referrals.chases IS 'How often an answer was asked for again.';
COMMENT ON COLUMN dashboard.referrals.assurance IS 'The furthest stage of assurance reached.';
COMMENT ON COLUMN dashboard.referrals.unanswered IS 'What they still owe.';
COMMENT ON COLUMN dashboard.referrals.is_overdue IS 'Whether feedback was due and has not come.';
