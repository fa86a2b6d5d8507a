-- Who oversees access looks for what one person asked for, or everyone on some days.
CREATE INDEX access_record_staff_idx ON case_timeline.access_record (staff, id)
WHERE staff IS NOT NULL;

-- Records are written in the order of their times, so that a small index does.
CREATE INDEX access_record_at_idx ON case_timeline.access_record USING brin (at);
