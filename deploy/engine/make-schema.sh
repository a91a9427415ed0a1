#!/bin/sh
# The engine's tables, made or brought to this version, by the engine's own tool. May run as often as wanted.
set -eu
SQL_PASSWORD="$(cat /run/secrets/engine_password)"
export SQL_PASSWORD
for pair in temporal:temporal temporal_visibility:visibility; do
  database=${pair%%:*}
  schema=${pair##*:}
  temporal-sql-tool --database "$database" setup-schema --version 0.0
  temporal-sql-tool --database "$database" update-schema --schema-dir "/etc/temporal/schema/postgresql/v12/$schema/versioned"
done
