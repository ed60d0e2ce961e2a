#!/bin/sh
# The postgres image runs this once, in an empty volume: it creates the two roles and their database.
set -eu

psql --set=ON_ERROR_STOP=1 --username=postgres \
    --set=owner="$OWNER_PASSWORD" --set=application="$APPLICATION_PASSWORD" <<'SQL'
CREATE ROLE vesper_owner LOGIN PASSWORD :'owner';
CREATE ROLE vesper_app LOGIN PASSWORD :'application';
-- One forgotten open transaction must not hold anybody up for long.
ALTER ROLE vesper_app SET transaction_timeout = '30s';
CREATE DATABASE vesper OWNER vesper_owner;
REVOKE ALL ON DATABASE vesper FROM PUBLIC;
GRANT CONNECT ON DATABASE vesper TO vesper_app;
SQL
