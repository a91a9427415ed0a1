-- Whether a session still lives is asked at each request, in the statement that reads what its person may: a session that
-- was ended by whatever process opens nothing any more. Without its token, which is what a thief would need.
GRANT USAGE ON SCHEMA auth TO kurator_system;
GRANT SELECT ("id", "userId", "expiresAt") ON auth."session" TO kurator_system;
