-- What people are asked, and what they signed. Envelopes are the truth; the other columns are copies for queries.

create table approval_request (
  id text primary key,
  run_id text not null references lifecycle_run,
  project text not null references project,
  subject jsonb not null,
  terms jsonb not null,
  subject_digest text not null check (subject_digest ~ '^sha256:[0-9a-f]{64}$'),
  policy_digest text not null check (policy_digest ~ '^sha256:[0-9a-f]{64}$'),
  opened_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'approved', 'rejected', 'expired', 'voided')),
  closed_at timestamptz,
  closed_reason text
);
create unique index approval_request_open on approval_request (run_id) where state = 'open';
create index approval_request_by_project on approval_request (project, opened_at desc);

-- A request binds what it bound: only its state may change.
create function assay_request_is_bound() returns trigger language plpgsql as $$
begin
  if (new.id, new.run_id, new.project, new.subject, new.terms, new.subject_digest, new.policy_digest, new.opened_at,
      new.expires_at) is distinct from
     (old.id, old.run_id, old.project, old.subject, old.terms, old.subject_digest, old.policy_digest, old.opened_at,
      old.expires_at) then
    raise exception 'approval request %: what was asked does not change', old.id using errcode = '42501';
  end if;
  return new;
end $$;
create trigger approval_request_is_bound before update on approval_request
  for each row execute function assay_request_is_bound();
alter table approval_request enable always trigger approval_request_is_bound;

create table decision (
  number bigint generated always as identity unique,
  id text primary key default gen_random_uuid()::text,
  request_id text not null references approval_request,
  subject_digest text not null,
  principal text not null references principal,
  stage text not null,
  role text not null,
  verdict text not null check (verdict in ('approve', 'reject')),
  reason text not null,
  envelope jsonb not null,
  decided_at timestamptz not null default clock_timestamp(),
  unique (request_id, subject_digest, principal, role)
);

create table waiver (
  number bigint generated always as identity unique,
  id text primary key default gen_random_uuid()::text,
  request_id text not null references approval_request,
  question text not null,
  principal text not null references principal,
  role text not null,
  reason text not null,
  purpose text not null,
  until timestamptz not null,
  envelope jsonb not null,
  decided_at timestamptz not null default clock_timestamp(),
  unique (request_id, question, principal)
);
