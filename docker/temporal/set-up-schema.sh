#!/bin/sh
# Brings Temporal's two databases to the schema of this version; does nothing to one that is there already.
set -eu

# set_up DATABASE SCHEMA: the password comes as SQL_PASSWORD.
set_up() {
  tool="temporal-sql-tool --plugin postgres12 --endpoint $POSTGRES_SEEDS --port $DB_PORT --user $POSTGRES_USER --database $1"
  $tool setup-schema --version 0.0
  $tool update-schema --schema-dir "/etc/temporal/schema/postgresql/v12/$2/versioned"
}

set_up temporal temporal
set_up temporal_visibility visibility
