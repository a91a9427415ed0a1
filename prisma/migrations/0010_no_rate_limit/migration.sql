-- Attempts to sign in are counted in auth."signInAttempts"; the library's own limiter, which counted right ones too, is off.
DROP TABLE auth."rateLimit";
