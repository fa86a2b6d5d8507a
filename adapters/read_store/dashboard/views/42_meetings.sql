CREATE OR REPLACE VIEW dashboard.meetings AS
SELECT CASE WHEN c.is_named THEN m.case_id END AS case_id,
       CASE WHEN c.is_named THEN c.case_ref END AS case_ref,
       CASE WHEN c.is_named THEN m.meeting_id END AS meeting_id,
       c.authority,
       m.forum,
       m.status,
       m.convenor,
       m.scheduled_on,
       m.held_on,
       m.invite_state,
       m.is_invited,
       m.invite_basis,
       m.invite_notice_days,
       m.minutes_received_on,
       m.missed_discovered_on
FROM read_models.dashboard_meeting AS m
LEFT JOIN read_models.dashboard_case AS c USING (case_id);

COMMENT ON VIEW dashboard.meetings IS 'One line per meeting over a case, called or held.';
COMMENT ON COLUMN dashboard.meetings.case_id IS
    'The case; empty for cases about staff, which are counted but never named.';
COMMENT ON COLUMN dashboard.meetings.case_ref IS 'The case by its reference; empty as before.';
COMMENT ON COLUMN dashboard.meetings.meeting_id IS
    'The meeting''s reference within the case; empty as before.';
COMMENT ON COLUMN dashboard.meetings.authority IS 'The local authority of the case.';
COMMENT ON COLUMN dashboard.meetings.forum IS 'What kind of meeting it is.';
COMMENT ON COLUMN dashboard.meetings.status IS 'Whether it was held, as far as is known.';
COMMENT ON COLUMN dashboard.meetings.convenor IS 'The kind of agency that called it.';
COMMENT ON COLUMN dashboard.meetings.scheduled_on IS 'The day for which it was called.';
COMMENT ON COLUMN dashboard.meetings.held_on IS 'The day on which it was held.';
COMMENT ON COLUMN dashboard.meetings.invite_state IS 'Whether housing was asked.';
COMMENT ON COLUMN dashboard.meetings.is_invited IS
    'The same as yes or no; empty where it is not known.';
COMMENT ON COLUMN dashboard.meetings.invite_basis IS 'Why housing was asked.';
COMMENT ON COLUMN dashboard.meetings.invite_notice_days IS
    'Days from being asked to the meeting; negative if asked afterwards.';
COMMENT ON COLUMN dashboard.meetings.minutes_received_on IS 'The day on which minutes came.';
COMMENT ON COLUMN dashboard.meetings.missed_discovered_on IS
    'The day on which the landlord found out that it was held without housing.';
