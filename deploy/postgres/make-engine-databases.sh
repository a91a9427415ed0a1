#!/bin/sh
# Run once by the postgres image, when the volume is empty. The engine gets databases and a role of its own, which can
# read nothing of the records.
set -eu
psql --no-psqlrc --set=ON_ERROR_STOP=1 --set=password="$(cat /run/secrets/engine_password)" \
  --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
CREATE ROLE temporal LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;
SQL
