-- What a person works through, and what has waited too long, is found by an index that nothing
-- else can use. Looking up what waits in some cases took it, while statistics knew of few that
-- wait, and read all that waits in every case. Whatever is waiting or quarantined has its payload,
-- and nothing else has.

DROP INDEX case_timeline.intake_open_idx;

CREATE INDEX intake_open_idx ON case_timeline.intake (outcome, id) WHERE payload IS NOT NULL;

ALTER TABLE case_timeline.intake SET (
    autovacuum_vacuum_insert_scale_factor = 0.2,
    autovacuum_analyze_scale_factor = 0.01
);
