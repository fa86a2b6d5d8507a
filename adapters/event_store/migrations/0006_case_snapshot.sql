-- What admission knows of long cases, so that a writer new to one need not read all of it. It saves
-- time and nothing else: every row may be deleted at any time, and each is looked at only by the
-- code that made it.

CREATE TABLE case_timeline.case_snapshot (
    case_id uuid PRIMARY KEY,
    version bigint NOT NULL,
    made_by text NOT NULL,
    state bytea NOT NULL
);

GRANT SELECT, INSERT, UPDATE ON case_timeline.case_snapshot TO case_timeline_service;
