-- Who is signed in to the web application. A browser holds the random secret of a session, the
-- table only its hash: whoever reads the table can sign in as nobody.

CREATE TABLE case_timeline.web_session (
    token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    principal text NOT NULL,
    name text NOT NULL,
    began_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL
);

CREATE INDEX web_session_ends_idx ON case_timeline.web_session (ends_at);

GRANT SELECT, INSERT, DELETE, UPDATE (seen_at) ON case_timeline.web_session
TO case_timeline_service;
