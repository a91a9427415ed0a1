-- By which production calendar, and which rules of counting, what follows from a case's facts was reckoned. A row for each that
-- a process has come with, and when one last had it: the newest that a worker has is the one that every case is brought to.
-- The same for every institution: no tenant column.
CREATE TABLE reckonings (
  id text PRIMARY KEY,
  calendar text NOT NULL,
  known_since timestamptz(3) NOT NULL DEFAULT now(),
  seen_at timestamptz(3) NOT NULL DEFAULT now(),
  worked_at timestamptz(3)
);
GRANT SELECT, INSERT, UPDATE ON reckonings TO kurator_app;
GRANT SELECT ON reckonings TO kurator_system;

-- What was written before is of no known one, and is brought to the newest like everything that is older.
ALTER TABLE cases ADD COLUMN reckoning text;
ALTER TABLE institutions ADD COLUMN reckoning text;
-- Those are asked for across institutions, the one whose day comes soonest first.
GRANT SELECT (reckoning, next_due_on) ON cases TO kurator_system;
