#!/bin/sh
# Runs once, when the cluster of docker-compose.yml is made: the account of reports, which Dyno's migrations then let
# see the reporting views and nothing else.
set -eu
# psql reads the password itself: on its command line every process could.
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
\getenv password DYNO_READER_PASSWORD
CREATE ROLE dyno_reader LOGIN PASSWORD :'password' CONNECTION LIMIT 10;
SQL
