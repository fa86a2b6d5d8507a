-- Which flags were announced, so that none is announced twice, however long ago that was.

CREATE TABLE case_timeline.announced_flag (
    flag_id uuid PRIMARY KEY,
    announced_at timestamptz NOT NULL
);

GRANT SELECT, INSERT ON case_timeline.announced_flag TO case_timeline_service;
