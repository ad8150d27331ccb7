-- Versions, where they are live, what they answered, what people said about the answers.

create table model_version (
  project text not null references project,
  id text not null,
  name text not null,
  number integer not null check (number > 0),
  run_id text not null unique references lifecycle_run,
  trained jsonb not null,
  base_model text not null,
  evidence text not null references evidence,
  registered_at timestamptz not null default clock_timestamp(),
  primary key (project, id),
  unique (project, name, number),
  check (id = name || '@' || number)
);

create table alias_route (
  project text not null references project,
  alias text not null,
  revision integer not null,
  routes jsonb not null,
  champion text,
  -- The approval under which it stands: what the gateway verifies before it serves.
  request_id text references approval_request,
  moved_at timestamptz not null default clock_timestamp(),
  primary key (project, alias),
  foreign key (project, champion) references model_version
);

create table alias_move (
  id bigint generated always as identity primary key,
  project text not null,
  alias text not null,
  revision integer not null check (revision > 0),
  routes jsonb not null,
  champion text,
  run_id text not null references lifecycle_run,
  request_id text not null references approval_request,
  reason text not null,
  key text not null unique,
  at timestamptz not null default clock_timestamp(),
  unique (project, alias, revision)
);

-- `number` is taken under a lock per alias that is held until commit, so that its order is the order of commits:
-- a reader's cursor on it passes nothing by.
create sequence served_request_number;
create table served_request (
  day date not null,
  id text not null,
  number bigint not null default nextval('served_request_number'),
  at timestamptz not null,
  project text not null,
  alias text not null,
  version_id text not null,
  item_key text,
  masked_input text not null,
  output text not null,
  prompt_tokens integer not null,
  completion_tokens integer not null,
  latency_milliseconds integer not null,
  primary key (day, id),
  check (day = (at at time zone 'UTC')::date)
) partition by range (day);
create index served_request_by_alias on served_request (project, alias, number);
create index served_request_by_id on served_request (id);
create table served_request_rest partition of served_request default;

-- Makes the partitions of today and of the days ahead; a day whose rows already lie in the default partition is left.
create function assay_ensure_partitions(days integer) returns integer
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  made integer := 0;
  start_day date;
  part text;
begin
  for start_day in select (now() at time zone 'UTC')::date + n from generate_series(0, least(days, 400)) n loop
    part := 'served_request_' || to_char(start_day, 'YYYYMMDD');
    if to_regclass('public.' || part) is null
       and not exists (select 1 from public.served_request_rest where day = start_day) then
      execute format('create table if not exists public.%I partition of public.served_request for values from (%L) to (%L)',
        part, start_day, start_day + 1);
      made := made + 1;
    end if;
  end loop;
  return made;
end $$;
revoke all on function assay_ensure_partitions(integer) from public;

create table feedback (
  id bigint generated always as identity primary key,
  project text not null references project,
  alias text not null,
  request_id text,
  item_key text,
  label text not null,
  principal text not null references principal,
  at timestamptz not null default clock_timestamp(),
  check (num_nonnulls(request_id, item_key) >= 1)
);
create index feedback_by_item on feedback (project, alias, item_key, id desc);
create index feedback_by_request on feedback (project, alias, request_id, id desc);

create table monitor_window (
  number bigint generated always as identity unique,
  id text primary key,
  project text not null references project,
  alias text not null,
  items integer not null,
  labelled integer not null,
  verdict text not null check (verdict in ('drift', 'no-drift', 'too-few')),
  evidence text not null references evidence,
  up_to_at timestamptz not null,
  up_to_id text not null,
  recorded_at timestamptz not null default clock_timestamp()
);
create index monitor_window_by_alias on monitor_window (project, alias, number desc);
