-- The figures by period: overall, and by local authority. Facts are first brought together by month;
-- only medians and last values need the facts themselves for every period.
--
-- `dashboard_figures` makes them from the facts that are kept; `dashboard.figures` shows those that
-- are kept themselves, or, until any are, makes them too.

CREATE OR REPLACE VIEW read_models.dashboard_line AS
SELECT f.figure, f.dimension, f.authority, f.day, f.until, f.value, d.aggregation,
       date_trunc('month', f.day::timestamp) AS month
FROM read_models.dashboard_facts_kept AS f JOIN dashboard.definitions AS d USING (figure);

-- Counts and percentages.
CREATE OR REPLACE VIEW read_models.dashboard_figures_counted AS
WITH monthly AS (
    SELECT figure, dimension, aggregation, authority, month, sum(value) AS total, count(*) AS facts
    FROM read_models.dashboard_line
    WHERE aggregation IN ('count', 'percentage')
    GROUP BY figure, dimension, aggregation, authority, month
)
SELECT m.figure, m.dimension, period.kind, period.starts_on, scope.is_overall, scope.authority,
       CASE m.aggregation WHEN 'count' THEN sum(m.total)
                          ELSE round(100 * sum(m.total) / sum(m.facts), 2) END AS value,
       sum(m.facts)::bigint AS facts
FROM monthly AS m
CROSS JOIN LATERAL (VALUES (true, NULL), (false, m.authority)) AS scope (is_overall, authority)
CROSS JOIN LATERAL (VALUES
    ('month', m.month),
    ('quarter', date_trunc('quarter', m.month)),
    ('year', date_trunc('year', m.month)),
    ('financial-year', date_trunc('year', m.month - interval '3 months') + interval '3 months')
) AS period (kind, starts_on)
GROUP BY m.figure, m.dimension, m.aggregation, period.kind, period.starts_on, scope.is_overall,
         scope.authority;

-- Medians, and last values.
CREATE OR REPLACE VIEW read_models.dashboard_figures_ranked AS
SELECT l.figure, l.dimension, period.kind, period.starts_on, scope.is_overall, scope.authority,
       CASE l.aggregation
           WHEN 'median' THEN (percentile_cont(0.5) WITHIN GROUP (ORDER BY l.value))::numeric
           ELSE (array_agg(l.value ORDER BY l.day DESC))[1]
       END AS value,
       count(*) AS facts
FROM read_models.dashboard_line AS l
CROSS JOIN LATERAL (VALUES (true, NULL), (false, l.authority)) AS scope (is_overall, authority)
CROSS JOIN LATERAL (VALUES
    ('month', l.month),
    ('quarter', date_trunc('quarter', l.month)),
    ('year', date_trunc('year', l.month)),
    ('financial-year', date_trunc('year', l.month - interval '3 months') + interval '3 months')
) AS period (kind, starts_on)
WHERE l.aggregation IN ('median', 'last')
GROUP BY l.figure, l.dimension, l.aggregation, period.kind, period.starts_on, scope.is_overall,
         scope.authority;

-- Stocks: what came in and went out by month adds up to what there is at the end of each.
CREATE OR REPLACE VIEW read_models.dashboard_figures_standing AS
WITH change AS (
    SELECT l.figure, l.dimension, scope.is_overall, scope.authority, turn.month,
           sum(turn.change) AS change
    FROM read_models.dashboard_line AS l
    CROSS JOIN LATERAL (VALUES (true, NULL), (false, l.authority)) AS scope (is_overall, authority)
    CROSS JOIN LATERAL (VALUES
        (l.month, 1),
        (date_trunc('month', greatest(l.until, l.day)::timestamp), -1)
    ) AS turn (month, change)
    WHERE l.aggregation = 'at-end' AND (turn.change > 0 OR l.until IS NOT NULL)
    GROUP BY l.figure, l.dimension, scope.is_overall, scope.authority, turn.month
),
level AS (
    SELECT figure, dimension, is_overall, authority, month,
           sum(change) OVER earlier AS standing,
           lead(month) OVER earlier AS changes_in
    FROM change
    WINDOW earlier AS (PARTITION BY figure, dimension, is_overall, authority ORDER BY month)
)
SELECT l.figure, l.dimension, period.kind, period.starts_on, l.is_overall, l.authority,
       l.standing AS value, l.standing::bigint AS facts
FROM level AS l
CROSS JOIN (SELECT date_trunc('month', today::timestamp) AS now FROM read_models.dashboard_today)
    AS this_month
CROSS JOIN LATERAL generate_series(
    l.month, coalesce(l.changes_in - interval '1 month', this_month.now), interval '1 month'
) AS each (month)
CROSS JOIN LATERAL (VALUES
    ('month', each.month, 1),
    ('quarter', date_trunc('quarter', each.month), 3),
    ('year', date_trunc('year', each.month), 12),
    ('financial-year', date_trunc('year', each.month - interval '3 months') + interval '3 months', 12)
) AS period (kind, starts_on, months)
-- How it stands in the last month of the period, or now where the period is under way.
WHERE l.standing > 0 AND each.month <= this_month.now
  AND (each.month = this_month.now
       OR each.month = period.starts_on + (period.months - 1) * interval '1 month');

CREATE OR REPLACE VIEW read_models.dashboard_figures AS
SELECT figure, dimension, kind AS period, starts_on::date AS starts_on,
       (starts_on + CASE kind WHEN 'month' THEN interval '1 month'
                              WHEN 'quarter' THEN interval '3 months'
                              ELSE interval '1 year' END)::date - 1 AS ends_on,
       CASE WHEN is_overall THEN 'all' ELSE 'authority' END AS scope,
       authority, value, facts
FROM (
    SELECT * FROM read_models.dashboard_figures_counted
    UNION ALL
    SELECT * FROM read_models.dashboard_figures_ranked
    UNION ALL
    SELECT * FROM read_models.dashboard_figures_standing
) AS figures;

CREATE OR REPLACE VIEW dashboard.figures AS
SELECT * FROM read_models.dashboard_figures;

COMMENT ON VIEW dashboard.figures IS
    'Every figure by month, quarter, year and financial year. Where there is no line, nothing was '
    'counted. Of a stock, the period under way shows how it stands now.';
COMMENT ON COLUMN dashboard.figures.figure IS 'The figure, as `definitions` has it.';
COMMENT ON COLUMN dashboard.figures.dimension IS
    'What it is split by, such as a strand; empty where it is not.';
COMMENT ON COLUMN dashboard.figures.period IS
    '`month`, `quarter`, `year`, or `financial-year`, which begins on 1 April.';
COMMENT ON COLUMN dashboard.figures.starts_on IS 'The first day of the period, in England.';
COMMENT ON COLUMN dashboard.figures.ends_on IS 'The last day of the period, in England.';
COMMENT ON COLUMN dashboard.figures.scope IS '`all`, or one `authority`.';
COMMENT ON COLUMN dashboard.figures.authority IS
    'The local authority; with scope `authority` and nothing here, what lies with none that is known.';
COMMENT ON COLUMN dashboard.figures.value IS 'The figure, in the unit that `definitions` gives.';
COMMENT ON COLUMN dashboard.figures.facts IS
    'How many facts it is made of: of a percentage or median, out of how many.';
