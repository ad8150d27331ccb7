-- What a provider tells of a run's training, as it comes. Bounded by whoever writes it; no evidence rests on it.

create table run_event (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  run_id text not null references lifecycle_run,
  stage text not null check (stage in
    ('collect', 'curate', 'fine-tune', 'evaluate', 'approve', 'deploy', 'monitor')),
  -- The provider's id of it: telling the same again is one row.
  source_id text not null check (length(source_id) between 1 and 200),
  at timestamptz not null default clock_timestamp(),
  message text not null check (length(message) <= 1100),
  data jsonb not null default '{}',
  unique (run_id, stage, source_id)
);
create index run_event_in_order on run_event (run_id, xid, id);
grant select, insert on run_event to assay_app;

-- The state changes of a run beside them, in the same order.
create index audit_event_by_subject on audit_event (subject, xid, id);
