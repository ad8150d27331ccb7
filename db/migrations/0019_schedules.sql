-- Runs by the clock: what is wanted, and who asked for which change of it. Temporal keeps the clock.

create table schedule (
  project text not null references project,
  id text not null check (id ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  -- The lifecycle's.
  name text not null,
  plan jsonb not null,
  plan_digest text not null check (plan_digest ~ '^sha256:[0-9a-f]{64}$'),
  cron text not null,
  time_zone text not null,
  jitter_milliseconds bigint not null check (jitter_milliseconds >= 0),
  overlap text not null check (overlap in ('skip', 'buffer-one', 'buffer-all', 'cancel-other', 'allow-all')),
  catch_up_milliseconds bigint not null check (catch_up_milliseconds >= 10000),
  is_paused boolean not null default false,
  -- In whose name runs are requested: who made it, or changed what it runs.
  requested_by text not null references principal,
  created_at timestamptz not null default clock_timestamp(),
  changed_at timestamptz not null default clock_timestamp(),
  deleted_at timestamptz,
  primary key (project, id)
);

create table schedule_command (
  id text primary key,
  project text not null,
  schedule text not null,
  kind text not null check (kind in ('create', 'update', 'pause', 'resume', 'trigger', 'backfill', 'delete')),
  principal text not null references principal,
  details jsonb not null default '{}',
  at timestamptz not null default clock_timestamp(),
  foreign key (project, schedule) references schedule
);
create index schedule_command_by_schedule on schedule_command (project, schedule, at desc);

alter table lifecycle_run
  -- Which schedule started it, and for which of its times.
  add column schedule text,
  add column scheduled_for timestamptz,
  add constraint lifecycle_run_is_scheduled check (num_nulls(schedule, scheduled_for) in (0, 2)),
  add constraint lifecycle_run_by_a_schedule foreign key (project, schedule) references schedule;
create unique index lifecycle_run_by_schedule on lifecycle_run (project, schedule, scheduled_for)
  where schedule is not null;

create trigger schedule_command_keeps_rows before update or delete on schedule_command for each row
  execute function assay_refuse_change();
create trigger schedule_command_keeps_all before truncate on schedule_command for each statement
  execute function assay_refuse_change();
alter table schedule_command enable always trigger schedule_command_keeps_rows;
alter table schedule_command enable always trigger schedule_command_keeps_all;
create constraint trigger schedule_command_insert_is_audited after insert on schedule_command
  deferrable initially deferred for each row execute function assay_requires_event('schedule.commanded', 'id');
create trigger schedule_keeps_the_rest before update on schedule for each row execute function
  assay_only_these_change('name', 'plan', 'plan_digest', 'cron', 'time_zone', 'jitter_milliseconds', 'overlap',
    'catch_up_milliseconds', 'is_paused', 'requested_by', 'changed_at', 'deleted_at');

-- At commit: what a schedule is now, somebody asked for in this transaction.
create function assay_schedule_is_commanded() returns trigger language plpgsql as $$
begin
  if not exists (
    select 1 from public.schedule_command c join public.audit_event e on e.event_key = 'schedule.commanded/' || c.id
    where c.project = new.project and c.schedule = new.id and e.xid = pg_current_xact_id())
  then
    raise exception 'schedule %: a change of it lacks its command', new.id using errcode = '42501';
  end if;
  return null;
end $$;
create constraint trigger schedule_is_commanded after insert or update on schedule deferrable initially deferred
  for each row execute function assay_schedule_is_commanded();

-- As the other service of Assay's own: there from the beginning, made by nobody.
alter table principal disable trigger principal_insert_is_audited;
insert into principal (id, kind, display_name) values ('assay-schedule', 'service', 'Assay, ending a run for the next one');
alter table principal enable trigger principal_insert_is_audited;

grant select, insert, update on schedule to assay_app;
grant select, insert on schedule_command to assay_app;
