-- How people look at lists: filters they gave a name, and what they search for just now. A name or
-- an address that is looked for must not stand in an address of the web, where logs and the history
-- of a browser would keep it: there only the id of a row stands, which is gone within the day.

CREATE TABLE case_timeline.saved_filter (
    principal text NOT NULL,
    list text NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    query text NOT NULL CHECK (length(query) <= 2000),
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (principal, list, name)
);

CREATE TABLE case_timeline.search (
    id uuid PRIMARY KEY,
    principal text NOT NULL,
    kind text NOT NULL,
    term text NOT NULL CHECK (length(term) BETWEEN 1 AND 100),
    ends_at timestamptz NOT NULL
);

CREATE INDEX search_ends_idx ON case_timeline.search (ends_at);

GRANT SELECT, INSERT, DELETE, UPDATE (query, saved_at) ON case_timeline.saved_filter
TO case_timeline_service;
GRANT SELECT, INSERT, DELETE ON case_timeline.search TO case_timeline_service;
