"""The page of the dashboard: every view, column and figure, as the database itself describes them.

`python -m services.reference.dashboard [FILE]` writes it anew, into `docs/dashboard.md` unless
told; it starts a PostgreSQL of its own to ask.
"""

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from adapters.embedded import EmbeddedPostgres
from adapters.event_store.migrating import migrate
from adapters.read_store.dashboard import READ_MODELS, Dashboard, View, describe
from adapters.read_store.reader import ReadStore
from services.reference.markdown import inline

_HEAD = """\
# The dashboard

What reports and dashboards read: views in the schema `dashboard` of the PostgreSQL database. Their
names, columns and figures are kept; the tables below them are not for use, since they are rebuilt
at will. This page is made from the comments in the database; after a change to the views, make it
anew with `make docs`.

The role `case_timeline_dashboard` may read these views and nothing else. It cannot log in; grant it
to a login of your own: `GRANT case_timeline_dashboard TO board_report;`

- There are no names, narratives or references of persons or properties in it. Codes are those of
  the [events](events.md) and their [lists](codes.md).
- A case about a member of staff is counted but never named: its lines have no `case_id` and no
  `case_ref`. Allegations against staff, and barriers of attitude, are numbers alone.
- Days are days in England. What comes to the landlord as news counts on the day on which it became
  known; what was done counts on the day on which it was done. A fact that arrives late, or is
  corrected, changes the figures of the period it belongs to.
- Each figure of `figures` is made of the lines of `facts` with its name and dimension, so these
  list what is behind it: of a count, percentage or median, those with a `day` in the period; of a
  stock at the end of a period, those with `day` up to `ends_on` and no `until`, or one after it.
- `facts` and `figures`, and the benchmark made of them, are kept as they were last counted;
  `counted` says when that was. All else shows how it is now.
- Areas and the benchmark hold back counts below 5. The other views do not: who publishes from them
  has to.
- The views stay while a read model is rebuilt. A new release may drop them and make them anew, and
  with them what was built on them.

For instance, the report for the quarter, and the cases behind one of its figures:

```sql
SELECT figure, dimension, value, unit
FROM dashboard.figures JOIN dashboard.definitions USING (figure)
WHERE period = 'quarter' AND starts_on = '2024-04-01' AND scope = 'all'
ORDER BY figure, dimension;

SELECT case_ref, authority
FROM dashboard.facts
WHERE figure = 'new_cases' AND day BETWEEN '2024-04-01' AND '2024-06-30';
```

## Figures

"By" says how a figure is made of its facts: their `count`; the `percentage` of them that hold; the
`median` of their values; how many hold `at-end` of the period; the `last` value in it. "Asked for
by" names the document or requirement: D9 is the KPI report to the forum and the Board, D10 the
annual benchmark, Rn a rule, and a number such as 1.8 a row of the requirements.

- Referrals, and how long they took, count on the day on which they were first sent; meetings on the
  day on which they were held; actions on the day on which they were due last.
- The delay in reporting is counted from when a report says that it happened. A concern that is
  dated by when it was raised tells of none.
- A referral that was put again waits anew: what came since then counts.
- Where a figure is split by what there may be several of, such as strands, one with several counts
  under each, so that the parts may come to more than the whole.
- A percentage is out of those of which it is known. A median is the value in the middle: half of
  them are no higher, and half are no lower.

| figure | unit | by | what it counts | asked for by |
|---|---|---|---|---|
"""


def dashboard_reference(dashboard: Dashboard) -> str:
    """Return the page as Markdown."""
    figures = "".join(
        f"| `{each.figure}` | {each.unit} | {each.aggregation} | {inline(each.meaning)} "
        f"| {each.source} |\n"
        for each in dashboard.definitions
    )
    return _HEAD + figures + "".join(line for view in dashboard.views for line in _view(view))


def _view(view: View) -> Iterator[str]:
    yield f"\n## {view.name}\n\n{inline(view.comment or '')}\n\n"
    yield "| column | type | meaning |\n|---|---|---|\n"
    for column in view.columns:
        yield f"| `{column.name}` | {column.kind} | {inline(column.comment or '')} |\n"


def made_from(database_url: str) -> str:
    """Return the page for a migrated database, whose tables and views are made where missing."""
    with closing(ReadStore(database_url)) as read_store:
        read_store.ensure_tables(READ_MODELS)
    return dashboard_reference(describe(database_url))


def write(target: Path) -> None:
    """Write the page anew."""
    with TemporaryDirectory() as directory, EmbeddedPostgres(Path(directory)) as server:
        url = server.start()
        migrate(url)
        target.write_text(made_from(url), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/dashboard.md"))
