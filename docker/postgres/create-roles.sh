#!/bin/sh
# Runs once, when the data folder of Postgres is new: four roles, each the owner of no more than its own.
set -eu

psql --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres \
  --set=owner_password="$ASSAY_OWNER_PASSWORD" \
  --set=app_password="$ASSAY_APP_PASSWORD" \
  --set=api_password="$ASSAY_API_PASSWORD" \
  --set=temporal_password="$TEMPORAL_DB_PASSWORD" <<'SQL'
CREATE ROLE assay_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE assay_app LOGIN PASSWORD :'app_password';
CREATE ROLE assay_api LOGIN PASSWORD :'api_password' IN ROLE assay_app;
CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';

CREATE DATABASE assay OWNER assay_owner;
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;

REVOKE ALL ON DATABASE assay, temporal, temporal_visibility FROM PUBLIC;
GRANT CONNECT ON DATABASE assay TO assay_app, assay_api;
SQL
