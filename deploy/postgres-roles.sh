#!/bin/sh
# Run once by the postgres image, in an empty volume: the two roles and the database between them.
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
