#!/bin/sh
# Temporal's histories are kept for this long after a workflow ended; Assay's own tables keep everything.
set -eu

temporal operator namespace describe --namespace "$NAMESPACE" >/dev/null 2>&1 ||
  temporal operator namespace create --namespace "$NAMESPACE" --retention "$RETENTION"

# Optional: with it, Temporal's UI can filter by project.
temporal operator search-attribute create --namespace "$NAMESPACE" --name AssayProject --type Keyword ||
  echo 'the search attribute AssayProject is there already'
