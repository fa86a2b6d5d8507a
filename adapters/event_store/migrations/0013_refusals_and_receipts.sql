-- What a sender should look at in an event that was understood: codes, with spaces between them.
ALTER TABLE case_timeline.intake ADD COLUMN remarks text;

-- What became of a source's messages is read in order, from some entry on.
CREATE INDEX intake_source_idx ON case_timeline.intake (source, id);

-- Of what was refused nothing is kept but a hash, by which the same bytes are known again. It is
-- keyed, so that a copy of the ledger alone does not tell whether a guess at them is right.
CREATE TABLE case_timeline.refusal_key (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    key bytea NOT NULL
);

-- Each UUID brings 122 bits of the server's strong random source.
INSERT INTO case_timeline.refusal_key (key)
VALUES (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

GRANT SELECT ON case_timeline.refusal_key TO case_timeline_service;
