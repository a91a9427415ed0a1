-- The records of Kurator. Reviewed by hand: roles, row-level security, grants and checks cannot be said in schema.prisma.
--
-- Who may what:
--   the owner       migrates; under FORCE ROW LEVEL SECURITY even it sees no institution's rows
--   kurator_app     works inside one institution: the one named by the setting kurator.institution_id of its transaction
--   kurator_system  reads, across institutions, the few columns by which the watchdog, the dispatcher and a sign-in find their institution
--   kurator_auth    has the schema auth (accounts and sessions), and nothing of the records

-- Roles belong to the whole server: another database of the same server may have made them, or be making them now.
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['kurator_app', 'kurator_system', 'kurator_auth'] LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = wanted) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS', wanted);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL;
      END;
    END IF;
  END LOOP;
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO kurator_app, kurator_system;

-- The institution of the running transaction; NULL (no row at all) when none is set.
CREATE FUNCTION current_institution() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(current_setting('kurator.institution_id', true), '')::uuid $$;

CREATE TABLE institutions (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  zone text NOT NULL,
  regulation text NOT NULL,
  hours jsonb NOT NULL,
  created_at timestamptz(3) NOT NULL DEFAULT now()
);

CREATE TABLE staff (
  id uuid PRIMARY KEY,
  institution_id uuid NOT NULL REFERENCES institutions (id),
  user_id text UNIQUE,
  name text NOT NULL,
  email text NOT NULL,
  role text NOT NULL CHECK (role IN ('curator', 'head', 'deputyDirector', 'secretary', 'agencyOfficer', 'administrator')),
  body text,
  agency_id uuid,
  department text,
  active boolean NOT NULL DEFAULT true
);
CREATE INDEX staff_institution_id_idx ON staff (institution_id);

CREATE TABLE agencies (
  id uuid PRIMARY KEY,
  institution_id uuid NOT NULL REFERENCES institutions (id),
  code text NOT NULL,
  name text NOT NULL,
  email text NOT NULL,
  UNIQUE (institution_id, code)
);
ALTER TABLE staff ADD FOREIGN KEY (agency_id) REFERENCES agencies (id);

-- One counter a year: its row stays locked until the transaction that took a number ends, so a rollback leaves no gap.
CREATE TABLE case_numbers (
  institution_id uuid NOT NULL REFERENCES institutions (id),
  year integer NOT NULL,
  last integer NOT NULL,
  PRIMARY KEY (institution_id, year)
);

-- The first row of a case: the command that opens it is already sealed with this key.
CREATE TABLE case_keys (
  case_id uuid PRIMARY KEY,
  institution_id uuid NOT NULL REFERENCES institutions (id),
  wrapped bytea,
  destroyed_at timestamptz(3),
  CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
);
CREATE INDEX case_keys_institution_id_idx ON case_keys (institution_id);

CREATE TABLE cases (
  id uuid PRIMARY KEY REFERENCES case_keys (case_id),
  institution_id uuid NOT NULL REFERENCES institutions (id),
  number text NOT NULL,
  regulation_id text NOT NULL,
  regulation_version integer NOT NULL,
  status text NOT NULL CHECK (status IN ('open', 'closed')),
  stage text,
  level text,
  category text,
  curator_id text,
  opened_by text,
  opened_on date,
  seq integer NOT NULL DEFAULT 0,
  next_wake_at timestamptz(3),
  next_due_on date,
  awaited jsonb NOT NULL DEFAULT '[]',
  -- The clock of a real case is the institution's: only a training case has an offset.
  clock_offset_ms bigint NOT NULL DEFAULT 0 CHECK (training OR clock_offset_ms = 0),
  training boolean NOT NULL DEFAULT false,
  head_hash bytea,
  agenda_digest text,
  projected_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (institution_id, number)
);
CREATE INDEX cases_next_wake_at_idx ON cases (next_wake_at);
CREATE INDEX cases_institution_id_status_curator_id_idx ON cases (institution_id, status, curator_id);

CREATE TABLE families (
  case_id uuid PRIMARY KEY REFERENCES case_keys (case_id),
  institution_id uuid NOT NULL REFERENCES institutions (id),
  sealed bytea NOT NULL
);

CREATE TABLE commands (
  id uuid PRIMARY KEY,
  institution_id uuid NOT NULL REFERENCES institutions (id),
  case_id uuid NOT NULL REFERENCES case_keys (case_id),
  actor_kind text NOT NULL CHECK (actor_kind IN ('user', 'link', 'system')),
  actor_id text NOT NULL,
  idempotency_key text NOT NULL,
  word text NOT NULL,
  body_hash bytea NOT NULL,
  body bytea,
  state text NOT NULL CHECK (state IN ('pending', 'applied', 'refused', 'abandoned')),
  answer jsonb,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  closed_at timestamptz(3),
  CHECK ((state = 'pending') = (closed_at IS NULL)),
  UNIQUE (institution_id, actor_kind, actor_id, idempotency_key)
);
CREATE INDEX commands_case_id_idx ON commands (case_id);
CREATE INDEX commands_state_created_at_idx ON commands (state, created_at);

CREATE TABLE events (
  case_id uuid NOT NULL REFERENCES cases (id),
  seq integer NOT NULL CHECK (seq > 0),
  institution_id uuid NOT NULL REFERENCES institutions (id),
  kind text NOT NULL,
  root integer NOT NULL CHECK (root > 0 AND root <= seq),
  "on" date NOT NULL,
  recorded_at timestamptz(3) NOT NULL,
  recorded_on date NOT NULL,
  command_id uuid NOT NULL REFERENCES commands (id),
  data jsonb NOT NULL,
  text_hashes jsonb NOT NULL DEFAULT '{}',
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL,
  PRIMARY KEY (case_id, seq)
);
CREATE INDEX events_command_id_idx ON events (command_id);

CREATE TABLE event_texts (
  case_id uuid NOT NULL,
  seq integer NOT NULL,
  institution_id uuid NOT NULL REFERENCES institutions (id),
  sealed bytea NOT NULL,
  PRIMARY KEY (case_id, seq),
  FOREIGN KEY (case_id, seq) REFERENCES events (case_id, seq)
);

CREATE TABLE duties (
  case_id uuid NOT NULL REFERENCES cases (id),
  key text NOT NULL,
  institution_id uuid NOT NULL REFERENCES institutions (id),
  rule text NOT NULL,
  clause text NOT NULL,
  due_on date,
  state text NOT NULL CHECK (state IN ('upcoming', 'open', 'met', 'met late', 'overdue', 'missed', 'cancelled')),
  met_on date,
  awaited_kind text NOT NULL CHECK (awaited_kind IN ('role', 'body', 'agency')),
  awaited_code text NOT NULL,
  scope text NOT NULL CHECK (scope IN ('case', 'institution')),
  detail jsonb NOT NULL,
  digest text NOT NULL,
  PRIMARY KEY (case_id, key)
);
CREATE INDEX duties_institution_id_state_due_on_idx ON duties (institution_id, state, due_on);

CREATE TABLE agenda (
  case_id uuid NOT NULL REFERENCES cases (id),
  duty_key text NOT NULL,
  step text NOT NULL,
  audience text NOT NULL,
  institution_id uuid NOT NULL REFERENCES institutions (id),
  at timestamptz(3) NOT NULL,
  due_on date,
  urgency text NOT NULL CHECK (urgency IN ('routine', 'urgent')),
  PRIMARY KEY (case_id, duty_key, step, audience)
);

CREATE TABLE notices (
  id uuid PRIMARY KEY,
  institution_id uuid NOT NULL REFERENCES institutions (id),
  case_id uuid NOT NULL REFERENCES cases (id),
  key text NOT NULL,
  duty_key text,
  step text NOT NULL,
  due_on date,
  audience text NOT NULL,
  urgency text NOT NULL CHECK (urgency IN ('routine', 'urgent')),
  template text NOT NULL,
  vars jsonb NOT NULL,
  not_before timestamptz(3) NOT NULL,
  send_at timestamptz(3) NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'sending', 'accepted', 'bounced', 'seen', 'withdrawn', 'ambiguous')),
  attempts integer NOT NULL DEFAULT 0,
  lease_until timestamptz(3),
  message_id text NOT NULL UNIQUE,
  recipient text,
  smtp_answer text,
  accepted_at timestamptz(3),
  case_day date,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  UNIQUE (case_id, key)
);
CREATE INDEX notices_institution_id_state_send_at_idx ON notices (institution_id, state, send_at);

CREATE TABLE requests (
  id uuid PRIMARY KEY,
  institution_id uuid NOT NULL REFERENCES institutions (id),
  case_id uuid NOT NULL REFERENCES cases (id),
  entry integer NOT NULL,
  subject text NOT NULL,
  agency_code text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('acknowledgePlan', 'measure')),
  due_on date,
  state text NOT NULL CHECK (state IN ('queued', 'sent', 'answered', 'withdrawn')),
  sent_at timestamptz(3),
  answered_at timestamptz(3),
  UNIQUE (case_id, entry, subject, kind)
);
CREATE INDEX requests_institution_id_state_idx ON requests (institution_id, state);

CREATE TABLE request_links (
  id uuid PRIMARY KEY,
  request_id uuid NOT NULL REFERENCES requests (id),
  institution_id uuid NOT NULL REFERENCES institutions (id),
  token_hash bytea NOT NULL UNIQUE,
  expires_at timestamptz(3) NOT NULL,
  revoked_at timestamptz(3),
  created_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE INDEX request_links_request_id_idx ON request_links (request_id);

-- A published regulation is public law, the same for every institution: no tenant column, read by all.
CREATE TABLE regulation_versions (
  id text NOT NULL,
  version integer NOT NULL,
  sha256 text NOT NULL,
  source text NOT NULL,
  published_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (id, version)
);

-- Row-level security: no row is seen or written outside the institution of the transaction. The sub-select is evaluated once a query.
DO $$
DECLARE
  t text;
  tenant text;
BEGIN
  FOREACH t IN ARRAY ARRAY['institutions', 'staff', 'agencies', 'case_numbers', 'case_keys', 'cases', 'families', 'commands', 'events',
    'event_texts', 'duties', 'agenda', 'notices', 'requests', 'request_links'] LOOP
    tenant := CASE t WHEN 'institutions' THEN 'id' ELSE 'institution_id' END;
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format(
      'CREATE POLICY own_institution ON %I TO kurator_app USING (%2$I = (SELECT current_institution())) WITH CHECK (%2$I = (SELECT current_institution()))',
      t, tenant);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['institutions', 'staff', 'cases', 'commands', 'notices', 'requests', 'request_links'] LOOP
    EXECUTE format('CREATE POLICY across_institutions ON %I FOR SELECT TO kurator_system USING (true)', t);
  END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE ON institutions, staff, agencies, case_numbers, case_keys, cases, families, commands, notices, requests, request_links TO kurator_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON duties, agenda TO kurator_app;
-- The log and its texts only grow.
GRANT SELECT, INSERT ON events, event_texts, regulation_versions TO kurator_app;

GRANT SELECT ON institutions, regulation_versions TO kurator_system;
GRANT SELECT (id, institution_id, user_id, role, active) ON staff TO kurator_system;
GRANT SELECT (id, institution_id, status, training, next_wake_at) ON cases TO kurator_system;
GRANT SELECT (id, institution_id, case_id, state, created_at) ON commands TO kurator_system;
GRANT SELECT (id, institution_id, case_id, state, send_at, lease_until) ON notices TO kurator_system;
GRANT SELECT (id, institution_id, case_id, state) ON requests TO kurator_system;
GRANT SELECT (id, institution_id, request_id, token_hash, expires_at, revoked_at) ON request_links TO kurator_system;

-- Not even the owner rewrites the log by accident: a migration that must has to drop this trigger first, in reviewed SQL.
CREATE FUNCTION refuse_change_of_log() RETURNS trigger
  LANGUAGE plpgsql
  AS $$ BEGIN RAISE EXCEPTION 'the log of a case is append-only: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$;
CREATE TRIGGER events_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_log();

-- Accounts and sessions: better-auth's own tables under its own column names, so that it needs no mapping.
CREATE SCHEMA auth;
GRANT USAGE ON SCHEMA auth TO kurator_auth;
-- Roles are shared by the databases of a server: written once, lest two databases being made at once collide.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole
                 WHERE r.rolname = 'kurator_auth' AND s.setdatabase = 0 AND 'search_path=auth' = ANY (s.setconfig)) THEN
    ALTER ROLE kurator_auth SET search_path = auth;
  END IF;
END
$$;

CREATE TABLE auth."user" (
  "id" text PRIMARY KEY,
  "name" text NOT NULL,
  "email" text NOT NULL UNIQUE,
  "emailVerified" boolean NOT NULL DEFAULT false,
  "image" text,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now(),
  "twoFactorEnabled" boolean DEFAULT false
);

CREATE TABLE auth."session" (
  "id" text PRIMARY KEY,
  "expiresAt" timestamptz NOT NULL,
  "token" text NOT NULL UNIQUE,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now(),
  "ipAddress" text,
  "userAgent" text,
  "userId" text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE
);
CREATE INDEX "session_userId_idx" ON auth."session" ("userId");

CREATE TABLE auth."account" (
  "id" text PRIMARY KEY,
  "accountId" text NOT NULL,
  "providerId" text NOT NULL,
  "userId" text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now(),
  UNIQUE ("providerId", "accountId")
);
CREATE INDEX "account_userId_idx" ON auth."account" ("userId");

CREATE TABLE auth."verification" (
  "id" text PRIMARY KEY,
  "identifier" text NOT NULL,
  "value" text NOT NULL,
  "expiresAt" timestamptz NOT NULL,
  "createdAt" timestamptz NOT NULL DEFAULT now(),
  "updatedAt" timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX "verification_identifier_idx" ON auth."verification" ("identifier");

CREATE TABLE auth."twoFactor" (
  "id" text PRIMARY KEY,
  "secret" text NOT NULL,
  "backupCodes" text NOT NULL,
  "userId" text NOT NULL REFERENCES auth."user" ("id") ON DELETE CASCADE,
  "verified" boolean DEFAULT true,
  "failedVerificationCount" integer DEFAULT 0,
  "lockedUntil" timestamptz
);
CREATE INDEX "twoFactor_secret_idx" ON auth."twoFactor" ("secret");
CREATE INDEX "twoFactor_userId_idx" ON auth."twoFactor" ("userId");

CREATE TABLE auth."rateLimit" (
  "id" text PRIMARY KEY,
  "key" text NOT NULL UNIQUE,
  "count" integer NOT NULL,
  "lastRequest" bigint NOT NULL
);

GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA auth TO kurator_auth;
