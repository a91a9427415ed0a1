-- The institution's own duties: reports that belong to no case. What it has submitted is a small log of its own.

-- One row a command, written once and whole: deciding and recording are one short transaction, so no command waits.
CREATE TABLE institution_commands (
  id uuid PRIMARY KEY,
  institution_id uuid NOT NULL REFERENCES institutions (id),
  actor_kind text NOT NULL CHECK (actor_kind IN ('user', 'system')),
  actor_id text NOT NULL,
  idempotency_key text NOT NULL,
  word text NOT NULL,
  body_hash bytea NOT NULL,
  state text NOT NULL CHECK (state IN ('applied', 'refused')),
  answer jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (institution_id, actor_kind, actor_id, idempotency_key)
);

CREATE TABLE institution_events (
  institution_id uuid NOT NULL REFERENCES institutions (id),
  seq integer NOT NULL CHECK (seq > 0),
  kind text NOT NULL,
  "on" date NOT NULL,
  recorded_at timestamptz(3) NOT NULL,
  recorded_on date NOT NULL,
  command_id uuid NOT NULL UNIQUE REFERENCES institution_commands (id),
  data jsonb NOT NULL,
  PRIMARY KEY (institution_id, seq)
);

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['institution_commands', 'institution_events'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY own_institution ON %I TO kurator_app USING (institution_id = (SELECT current_institution())) WITH CHECK (institution_id = (SELECT current_institution()))', t);
    EXECUTE format('GRANT SELECT, INSERT ON %I TO kurator_app', t);
    EXECUTE format(
      'CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_log()', t || '_only_grow', t);
  END LOOP;
END
$$;

-- A mail about a report has no case. Its message_id, which is made of the institution and the notice's key, keeps it single.
ALTER TABLE notices ALTER COLUMN case_id DROP NOT NULL;
