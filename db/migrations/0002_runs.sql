-- Runs, their stages, what asked for them, what they did outside.

create sequence trigger_number;
create table trigger (
  id text primary key default 'trigger-' || nextval('trigger_number'),
  project text not null references project,
  name text not null,
  kind text not null check (kind in ('drift', 'schedule', 'feedback', 'manual')),
  -- What it came from, so that a repeated call makes one trigger.
  source_key text not null unique,
  evidence text,
  created_at timestamptz not null default clock_timestamp(),
  outcome text,
  settled_at timestamptz
);
create index trigger_by_name on trigger (project, name, created_at);

create sequence lifecycle_run_number;
create table lifecycle_run (
  id text primary key default 'run-' || nextval('lifecycle_run_number'),
  project text not null references project,
  name text not null,
  status text not null default 'requested' check (status in
    ('requested', 'running', 'paused', 'succeeded', 'refused', 'failed', 'cancelled')),
  requested_by text not null references principal,
  start_key text not null,
  plan jsonb not null,
  plan_digest text not null check (plan_digest ~ '^sha256:[0-9a-f]{64}$'),
  trigger_id text references trigger,
  reason text,
  created_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  ended_at timestamptz,
  unique (project, start_key)
);
create index lifecycle_run_by_name on lifecycle_run (project, name, created_at desc);

create table stage_run (
  run_id text not null references lifecycle_run,
  stage text not null check (stage in
    ('collect', 'curate', 'fine-tune', 'evaluate', 'approve', 'deploy', 'monitor')),
  status text not null check (status in
    ('running', 'waiting', 'succeeded', 'refused', 'failed', 'cancelled', 'skipped')),
  waiting_for text,
  summary jsonb,
  started_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz,
  primary key (run_id, stage)
);

create table command (
  id text primary key,
  run_id text not null references lifecycle_run,
  kind text not null check (kind in ('pause', 'resume', 'cancel')),
  principal text not null references principal,
  at timestamptz not null default clock_timestamp()
);

create table effect (
  key text primary key,
  state text not null default 'intent' check (state in ('intent', 'done', 'unknown')),
  request_digest text not null check (request_digest ~ '^sha256:[0-9a-f]{64}$'),
  external_id text,
  intended_at timestamptz not null default clock_timestamp(),
  settled_at timestamptz
);
