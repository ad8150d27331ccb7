-- What all workers share of a provider's account. Nothing here is a record: rows come and go with the calls.

create table provider_account (
  name text primary key,
  -- As the worker stated them that asked last.
  limits jsonb not null default '{}',
  requests_level double precision not null,
  tokens_level double precision not null,
  refilled_at timestamptz not null default clock_timestamp(),
  -- Until when the provider asked everybody to wait.
  held_until timestamptz not null default '-infinity',
  -- When each project was served last: a number that grows.
  turns jsonb not null default '{}'
);

-- Calls that a worker has under way: a lease, so that those of a killed worker come free by themselves.
create table provider_lease (
  account text not null references provider_account,
  worker text not null,
  under_way integer not null check (under_way >= 0),
  expires_at timestamptz not null,
  primary key (account, worker)
);

-- Calls that wait at a worker, while it says so.
create table provider_waiter (
  account text not null references provider_account,
  worker text not null,
  project text not null,
  calls jsonb not null,
  since timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  primary key (account, worker, project)
);

-- Training jobs: a place is a run's until its training stage has ended, whatever became of the worker.
create table provider_job (
  account text not null references provider_account,
  run_id text not null references lifecycle_run,
  project text not null,
  asked_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null default clock_timestamp(),
  -- Null: it waits for a place.
  taken_at timestamptz,
  primary key (account, run_id)
);

grant select, insert, update on provider_account to assay_app;
grant select, insert, update, delete on provider_lease, provider_waiter, provider_job to assay_app;
