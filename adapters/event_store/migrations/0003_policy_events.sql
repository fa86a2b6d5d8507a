-- Few events in all change the parameters of rules; every judgement needs to find them at once.
CREATE INDEX case_events_policy ON case_timeline.case_events (notification_id)
WHERE topic IN ('RuleOverridden', 'RuleOverrideWithdrawn', 'FeedbackAgreementMade');
