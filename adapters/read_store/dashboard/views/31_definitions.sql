-- What each figure means, and how its facts come to it.

CREATE OR REPLACE VIEW dashboard.definitions AS
SELECT * FROM (VALUES
    -- New cases
    ('new_cases', 'cases', 'count',
     'Cases opened as safeguarding, by the day on which the formal opening, or else the first '
     'report, became known.', 'D9; KPI 4.38'),
    ('new_cases_by_strand', 'cases', 'count',
     'The new cases by every strand named.', 'D9'),
    ('new_cases_by_abuse_type', 'cases', 'count',
     'The new cases by every type of abuse that a concern named; those that name none are left '
     'out.', 'D9'),
    ('new_cases_by_channel', 'cases', 'count',
     'The new cases by how the first concern reached the landlord.', 'D9; 0.20-0.23'),
    ('new_cases_by_reporter', 'cases', 'count',
     'The new cases by what whoever first raised a concern, or else reported an incident, is to '
     'the landlord.', 'D9; 0.23'),
    ('new_cases_by_team', 'cases', 'count',
     'The new cases by the team at the landlord that they belong to; `unknown` also where they '
     'work elsewhere.', '0.20-0.22; 2.1'),
    ('new_cases_by_housing_type', 'cases', 'count',
     'The new cases by the kind of home.', 'D9; 2.2'),
    ('new_cases_by_tenure', 'cases', 'count',
     'The new cases by how the person harmed or at risk holds or shares the home.', 'D9'),
    ('general_needs', 'per cent', 'percentage',
     'Of the new cases whose kind of home is known, those in general needs homes.', 'D10; 2.2'),
    ('reclassified_into_safeguarding', 'cases', 'count',
     'Cases opened as something else and then reclassified as safeguarding; they are not among the '
     'new cases.', 'D9'),
    ('domestic_abuse_cases', 'cases', 'count',
     'Cases of domestic abuse, whatever they are treated as, by the day on which that was first '
     'known.', 'D9; KPI 4.39'),
    ('hoarding_cases', 'cases', 'count',
     'Hoarding cases among the new (`opened`) and those reclassified (`reclassified`), never to be '
     'added to them.', 'D9; KPI 4.40'),
    -- Course of cases
    ('open_cases', 'cases', 'at-end',
     'Cases that by then are or were safeguarding and were open as the period ended.', 'D9'),
    ('closed_cases', 'cases', 'count', 'Closings of cases that by then are or were safeguarding.',
     'D9'),
    ('closed_cases_by_assurance', 'cases', 'count',
     'Those closings by how sure the landlord was that the risk was dealt with.', '1.9'),
    ('closed_cases_by_risk_outcome', 'cases', 'count',
     'Those closings by what had become of the risk.', 'NHS SG2e'),
    ('reopened_cases', 'cases', 'count',
     'Cases that by then are or were safeguarding and were opened again.', 'D9'),
    ('reclassifications', 'reclassifications', 'count',
     'Reclassifications of any case, by what it was and what it became.', 'D9; 0.5'),
    ('misbadged_days', 'days', 'median',
     'Median days from when the landlord first knew of a case to its first reclassification.',
     '0.5'),
    ('reporting_delay', 'cases', 'count',
     'Cases by how long after it happened the first report came; those dated by month or roughly '
     'are left out.', '0.23; Primero'),
    ('reporting_delay_days', 'days', 'median',
     'Median days from when it happened to the first report, of the same cases.', '0.23'),
    ('no_statutory_route', 'cases', 'count',
     'Cases that no statutory service will act on, by why, as last told at triage.', '3.2'),
    ('enquiries_asked', 'enquiries', 'count',
     'Enquiries that an authority asked the landlord to make.', '2.20'),
    ('consent_overrides', 'decisions', 'count', 'Decisions to act without consent.', 'D9; 2.16-2.17'),
    ('consent_overrides_by_ground', 'decisions', 'count',
     'Those decisions by every ground.', '2.16-2.17; 4.26'),
    ('dissenting_views', 'decisions', 'count',
     'Decisions over a case, to act without consent or other, that someone is on record as seeing '
     'otherwise.', '2.19'),
    ('barriers', 'barriers', 'count',
     'Barriers met, by code. Those of attitude are in number alone, and count on the first day of '
     'their quarter.', '2.4-2.13'),
    ('staff_allegations', 'allegations', 'count',
     'Allegations against staff, in number alone: neither case nor authority is told.', 'D9; 4.3'),
    ('asb_re_roled', 'per cent', 'percentage',
     'Of people blamed while a case was antisocial behaviour, those later seen as harmed or at risk; '
     'by its opening.', '1.11'),
    -- Reports
    ('concerns', 'concerns', 'count', 'Concerns, in the period in which they became known.', 'D10'),
    ('concerns_by_strand', 'concerns', 'count',
     'Concerns by every strand named.', 'D10'),
    ('concerns_by_context_factor', 'concerns', 'count',
     'Concerns by every circumstance named that makes harm likelier, such as hardship.', '1.13'),
    ('low_level_concerns', 'concerns', 'count', 'Concerns of a low level.', '2.24'),
    ('incidents', 'reports', 'count',
     'Incidents reported, by what happened, on the files of cases, persons and properties.', '2.22'),
    ('hate_reports', 'reports', 'count',
     'Incidents and concerns that showed hate, by everything it was aimed at.', 'TSM NM01'),
    ('exploitation_signs', 'reports', 'count', 'Signs of exploitation seen, by sign.', '1.11'),
    -- Referrals, by the day on which they were first sent
    ('referrals_sent', 'referrals', 'count', 'Referrals sent.', 'D9'),
    ('referrals_sent_by_route', 'referrals', 'count', 'Referrals sent, by route.', 'D9; 1.8'),
    ('referrals_accepted', 'per cent', 'percentage',
     'Of the referrals decided by now, those taken on: enquiry, assessment, section 17 or 47, '
     'early help.', 'D9; D10'),
    ('referrals_accepted_by_route', 'per cent', 'percentage', 'The same by route.', 'D9; 1.8'),
    ('feedback_any', 'per cent', 'percentage',
     'Of the referrals not withdrawn that had feedback, or should have had it by now, those that '
     'had any.', 'D9; 1.8'),
    ('feedback_any_by_route', 'per cent', 'percentage', 'The same by route.', '1.8'),
    ('feedback_timely', 'per cent', 'percentage',
     'Of the same referrals, those with any feedback by the day agreed or expected.', 'D9; 1.8'),
    ('feedback_timely_by_route', 'per cent', 'percentage', 'The same by route.', '1.8'),
    ('feedback_adequate', 'per cent', 'percentage',
     'Of the same referrals, those with feedback that gives reasons, or says that the risk was '
     'assessed and mitigated.', 'D9; 1.8'),
    ('feedback_adequate_by_route', 'per cent', 'percentage', 'The same by route.', '1.8'),
    ('feedback_within_28_days', 'per cent', 'percentage',
     'Of the referrals not withdrawn that had feedback, or were put over 28 days ago, those with '
     'any within 28 days.', 'D10'),
    ('days_to_decision', 'days', 'median',
     'Median days from when a referral was put, or put again, to the decision that settled it.',
     'D9'),
    ('referrals_awaiting_decision', 'referrals', 'at-end',
     'Referrals neither settled nor withdrawn as the period ended; one put again waits anew.',
     'D10'),
    ('referral_to_meeting_days', 'days', 'median',
     'Median days from the first referral of a case to the first meeting held from then on.',
     '0.8-0.9'),
    -- Meetings, by the day on which they were held
    ('meetings_held', 'meetings', 'count',
     'Meetings over a case that were held, with housing or without.', 'D9'),
    ('meetings_held_by_forum', 'meetings', 'count', 'The same by kind of meeting.', 'D9'),
    ('invited', 'per cent', 'percentage',
     'Of the meetings held, those to which housing was asked; asked to leave counts as not asked.',
     'D9; 1.6'),
    ('invited_by_referrer', 'per cent', 'percentage',
     'The same by whether the landlord had made a referral by then (`landlord-referred`) or not.',
     '1.6'),
    ('invited_in_time', 'per cent', 'percentage',
     'Of the meetings held that housing did not decline, those to which it was asked in time.',
     '1.6'),
    ('invitations_by_basis', 'meetings', 'count',
     'Meetings to which housing was asked, by why.', '1.6'),
    ('forum_attendance', 'per cent', 'percentage',
     'Of the times a standing forum met, those with the landlord there, by kind of forum.', '2.23'),
    -- Actions, by the day on which they were due last
    ('actions_fell_due', 'actions', 'count', 'Actions whose due day passed in the period.', 'D9'),
    ('actions_late', 'per cent', 'percentage',
     'Of those, the ones that were neither carried out nor dropped by that day.', 'D9'),
    ('actions_unsettled', 'actions', 'count', 'Of those, the ones that are still open now.', 'D9'),
    ('actions_overdue', 'actions', 'at-end',
     'Actions past their due day and not settled as the period ended.', 'D9'),
    ('markers_overdue', 'markers', 'at-end',
     'Warning markers past the day of their review, neither reviewed nor removed, as the period '
     'ended.', 'D9; R16'),
    -- Reviews and learning
    ('reviews', 'reviews', 'count', 'Reviews that became known, by type.', 'D9; 1.3'),
    ('recommendations_accepted', 'recommendations', 'count',
     'Recommendations taken on.', 'D9; 2.25'),
    ('recommendations_implemented', 'recommendations', 'count',
     'Recommendations carried out.', 'D9; 2.25'),
    ('recommendations_overdue', 'recommendations', 'at-end',
     'Recommendations past their due day and not carried out as the period ended.', 'D9; 2.25'),
    -- Fed in from elsewhere
    ('compliance', 'per cent', 'last',
     'Staff trained, checked or supervised, of all who have to be, by the last count in the period.',
     'D9; 4.18-4.19'),
    ('compliance_by_team', 'per cent', 'last', 'The same by team.', 'D9; 4.18-4.19')
) AS definition (figure, unit, aggregation, meaning, source);

COMMENT ON VIEW dashboard.definitions IS 'What each figure means and how it is made.';
COMMENT ON COLUMN dashboard.definitions.figure IS 'The name of the figure.';
COMMENT ON COLUMN dashboard.definitions.unit IS 'What its value counts.';
COMMENT ON COLUMN dashboard.definitions.aggregation IS
    'How facts come to a figure: their `count`; the `percentage` of those with value 1; the `median` '
    'of their values; how many count `at-end` of the period; the `last` value in the period.';
COMMENT ON COLUMN dashboard.definitions.meaning IS 'What it counts, and when.';
COMMENT ON COLUMN dashboard.definitions.source IS
    'The document or requirement that asks for it: D9 is the KPI report, D10 the annual benchmark.';
