-- How many cases someone read within the hour is asked before they read another. The condition is
-- word for word that of the query.
CREATE INDEX access_record_read_idx ON case_timeline.access_record (principal, at)
INCLUDE (case_id)
WHERE permitted AND action IN ('read', 'time-travel', 'reveal', 'export');

-- What safeguarding and privacy officers are told of; likewise.
CREATE INDEX access_record_notice_idx ON case_timeline.access_record (id)
WHERE permitted AND rules && '{glass-break,privacy-read,privacy-reveal}'::text[];
