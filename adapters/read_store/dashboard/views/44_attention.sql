CREATE OR REPLACE VIEW dashboard.attention AS
SELECT CASE WHEN c.is_named THEN a.case_id END AS case_id,
       -- The reference of the file of a person or a property points at them.
       CASE WHEN c.is_named OR split_part(a.case_ref, ':', 1) IN ('organisation', 'authority')
            THEN a.case_ref END AS case_ref,
       a.authority,
       a.rule,
       a.rule_version,
       a.title,
       split_part(a.item, ':', 1) AS item_kind,
       CASE WHEN c.is_named AND split_part(a.item, ':', 1) IN
                 ('action', 'concern', 'enquiry', 'escalation', 'marker', 'meeting', 'plan',
                  'recommendation', 'referral', 'review')
            THEN a.item END AS item,
       a.effect,
       a.clears,
       a.since,
       a.soon_at,
       a.due_at,
       CASE WHEN now() >= a.due_at THEN 'overdue'
            WHEN now() >= a.soon_at THEN 'soon'
            ELSE 'due' END AS timeliness
FROM {attention} AS a
LEFT JOIN read_models.dashboard_case AS c USING (case_id);

COMMENT ON VIEW dashboard.attention IS
    'One line per flag that stands now: what is due, or needs looking at.';
COMMENT ON COLUMN dashboard.attention.case_id IS
    'The case; empty for what belongs to none, and for cases about staff, which are never named.';
COMMENT ON COLUMN dashboard.attention.case_ref IS
    'The case, or the landlord''s or an authority''s own file, by its reference; empty for cases '
    'about staff and for the files of persons and properties.';
COMMENT ON COLUMN dashboard.attention.authority IS 'The local authority it lies with.';
COMMENT ON COLUMN dashboard.attention.rule IS 'The rule that raised it.';
COMMENT ON COLUMN dashboard.attention.rule_version IS 'The version of the rule it was judged by.';
COMMENT ON COLUMN dashboard.attention.title IS 'What the rule watches for.';
COMMENT ON COLUMN dashboard.attention.item_kind IS
    'What kind of thing within the case it is about; empty for the case itself.';
COMMENT ON COLUMN dashboard.attention.item IS
    'Which of them, such as `referral:R1`; empty where that would point at a person.';
COMMENT ON COLUMN dashboard.attention.effect IS 'What it asks for.';
COMMENT ON COLUMN dashboard.attention.clears IS 'What makes it go away.';
COMMENT ON COLUMN dashboard.attention.since IS 'When the duty arose, or what is wrong began.';
COMMENT ON COLUMN dashboard.attention.soon_at IS 'From when on it counts as due soon.';
COMMENT ON COLUMN dashboard.attention.due_at IS 'When it has to be settled.';
COMMENT ON COLUMN dashboard.attention.timeliness IS
    'How it stands as you look: `due`, due `soon`, or `overdue`.';
