CREATE OR REPLACE VIEW dashboard.actions AS
SELECT CASE WHEN c.is_named THEN a.case_id END AS case_id,
       CASE WHEN c.is_named THEN c.case_ref END AS case_ref,
       CASE WHEN c.is_named OR c.case_id IS NULL THEN a.action_id END AS action_id,
       coalesce(c.authority, a.file_authority) AS authority,
       a.kind,
       a.owner_org,
       a.safety,
       a.origin,
       a.status,
       a.agreed_on,
       a.first_due,
       a.due,
       a.reschedules,
       a.reopenings,
       a.completed_on,
       a.cancelled_on,
       a.settled_on IS NULL AND a.due < t.today AS is_overdue,
       greatest(coalesce(a.settled_on, t.today) - a.due, 0) AS days_late
FROM read_models.dashboard_action AS a
CROSS JOIN read_models.dashboard_today AS t
LEFT JOIN read_models.dashboard_case AS c USING (case_id);

COMMENT ON VIEW dashboard.actions IS
    'One line per agreed action, of a case or of the landlord as a whole; not what it says.';
COMMENT ON COLUMN dashboard.actions.case_id IS
    'The case; empty for what belongs to none, and for cases about staff, which are never named.';
COMMENT ON COLUMN dashboard.actions.case_ref IS 'The case by its reference; empty as before.';
COMMENT ON COLUMN dashboard.actions.action_id IS
    'The action''s reference; empty for cases about staff.';
COMMENT ON COLUMN dashboard.actions.authority IS
    'The local authority of the case, or on whose file it stands.';
COMMENT ON COLUMN dashboard.actions.kind IS 'What it sets out to do.';
COMMENT ON COLUMN dashboard.actions.owner_org IS 'The organisation that owes it.';
COMMENT ON COLUMN dashboard.actions.safety IS 'Whether someone''s safety depends on it.';
COMMENT ON COLUMN dashboard.actions.origin IS 'What it was agreed in or comes from.';
COMMENT ON COLUMN dashboard.actions.status IS 'How far it has come.';
COMMENT ON COLUMN dashboard.actions.agreed_on IS 'The day on which it was agreed.';
COMMENT ON COLUMN dashboard.actions.first_due IS 'The day by which it was first due.';
COMMENT ON COLUMN dashboard.actions.due IS 'The day by which it is due now.';
COMMENT ON COLUMN dashboard.actions.reschedules IS 'How often it was given another due day.';
COMMENT ON COLUMN dashboard.actions.reopenings IS 'How often it was opened again.';
COMMENT ON COLUMN dashboard.actions.completed_on IS 'The day on which it was carried out.';
COMMENT ON COLUMN dashboard.actions.cancelled_on IS 'The day on which it was dropped.';
COMMENT ON COLUMN dashboard.actions.is_overdue IS 'Whether it is open past its due day.';
COMMENT ON COLUMN dashboard.actions.days_late IS
    'Days past the due day until it was settled, or until today; 0 if none.';
