-- How often somebody has tried to sign in to one account: counted here, so that more api processes allow no more guesses.
-- The account is a keyed hash of the address that was typed: whoever mistypes his password into that field leaves nothing.
CREATE TABLE auth."signInAttempts" (
  "account" bytea PRIMARY KEY,
  "count" integer NOT NULL,
  "endsAt" timestamptz(3) NOT NULL
);
CREATE INDEX "signInAttempts_endsAt_idx" ON auth."signInAttempts" ("endsAt");
GRANT SELECT, INSERT, UPDATE, DELETE ON auth."signInAttempts" TO kurator_auth;
