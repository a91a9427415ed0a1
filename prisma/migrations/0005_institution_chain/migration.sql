-- The institution's own log becomes a log like a case's: in the same tables, under a key of its own, each entry hashed
-- with the one before. In case_keys, commands, events and event_texts the id of the institution stands in the case's place.

-- Entries of the earlier form cannot be carried over here: what people typed would have to be sealed, and SQL has no key.
-- Under FORCE the owner would not see them either.
ALTER TABLE institution_commands NO FORCE ROW LEVEL SECURITY;
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM institution_commands) THEN
    RAISE EXCEPTION 'Reports were recorded here by a build from before the first release, in a log without hashes: enter them again in an empty database, or stay with that build.';
  END IF;
END
$$;
DROP TABLE institution_events;
DROP TABLE institution_commands;

-- The end of the log: without it the loss of the last entries would not show. `log_changed_at` is what the stream of
-- changes asks for; `planned_at`, what the watchdog does: the last time that the institution's own notices were planned.
ALTER TABLE institutions
  ADD COLUMN log_seq integer NOT NULL DEFAULT 0,
  ADD COLUMN log_hash bytea,
  ADD COLUMN log_changed_at timestamptz(3),
  ADD COLUMN planned_at timestamptz(3) NOT NULL DEFAULT now(),
  ADD CHECK ((log_seq = 0) = (log_hash IS NULL));

-- Whatever has a key may have a log.
ALTER TABLE events DROP CONSTRAINT events_case_id_fkey, ADD FOREIGN KEY (case_id) REFERENCES case_keys (case_id);

-- The same mail about the institution's own duty is one row, as it is in a case.
CREATE UNIQUE INDEX notices_own_key_idx ON notices (institution_id, key) WHERE case_id IS NULL;
