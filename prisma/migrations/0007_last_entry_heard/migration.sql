-- The watchdog asks a case's workflow whether it has heard of the last entry: it must know that entry's number.
GRANT SELECT (seq) ON cases TO kurator_system;
