-- What the whole ledger came to when it was last gone through, and whether events and entries agreed:
-- too much to do for each reader of a page. There is one.

CREATE TABLE case_timeline.reckoning (
    is_latest boolean PRIMARY KEY DEFAULT true CHECK (is_latest),
    told jsonb NOT NULL
);

GRANT SELECT, INSERT, UPDATE (told) ON case_timeline.reckoning TO case_timeline_service;
