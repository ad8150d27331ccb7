-- More answers than yes and no, people who sign for others, and policies as they were when somebody used them.

alter table approval_request drop constraint approval_request_state_check;
alter table approval_request add constraint approval_request_state_check
  check (state in ('open', 'approved', 'rejected', 'changes-requested', 'expired', 'voided'));
create index approval_request_open_by_deadline on approval_request (project, expires_at, id) where state = 'open';

-- A request opens open and ends once, by the database's clock. What was approved may still be voided: its content changed
-- before it was released.
create or replace function assay_guard_request() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    new.opened_at := clock_timestamp();
    if new.state <> 'open' or new.closed_at is not null or new.expires_at <= new.opened_at then
      raise exception 'approval request %: it opens open, and ends later', new.id using errcode = '42501';
    end if;
  elsif old.state <> 'open' and not (old.state = 'approved' and new.state = 'voided') then
    raise exception 'approval request %: it has ended as %', old.id, old.state using errcode = '42501';
  elsif new.state <> 'open' then
    new.closed_at := clock_timestamp();
  end if;
  return new;
end $$;

drop trigger approval_request_update_is_audited on approval_request;
create constraint trigger approval_request_update_is_audited after update on approval_request deferrable initially deferred
  for each row when (old.state = 'open' and new.state <> 'open')
  execute function assay_requires_event('approval.closed', 'id');
create constraint trigger approval_request_voiding_is_audited after update on approval_request
  deferrable initially deferred for each row when (old.state = 'approved' and new.state = 'voided')
  execute function assay_requires_event('approval.voided', 'id');

create sequence delegation_number;
create table delegation (
  id text primary key default 'delegation-' || nextval('delegation_number'),
  project text not null references project,
  delegator text not null references principal,
  delegate text not null references principal,
  role text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  reason text not null,
  envelope jsonb not null,
  recorded_at timestamptz not null default clock_timestamp(),
  revoked_at timestamptz,
  revoked_by text references principal,
  check (delegator <> delegate),
  check (ends_at > starts_at and ends_at <= starts_at + interval '92 days'),
  check ((revoked_at is null) = (revoked_by is null))
);
create index delegation_to on delegation (delegate, project) where revoked_at is null;
create index delegation_from on delegation (delegator, project);

create function assay_guard_delegation() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    new.recorded_at := clock_timestamp();
    if new.revoked_at is not null then
      raise exception 'delegation %: it begins as given', new.id using errcode = '42501';
    end if;
  elsif old.revoked_at is not null then
    raise exception 'delegation %: it was taken back and stays so', old.id using errcode = '42501';
  else
    new.revoked_at := clock_timestamp();
  end if;
  return new;
end $$;
create trigger delegation_is_guarded before insert or update on delegation
  for each row execute function assay_guard_delegation();
create trigger delegation_keeps_the_rest before update on delegation
  for each row execute function assay_only_these_change('revoked_at', 'revoked_by');
create trigger delegation_keeps_rows before delete on delegation
  for each row execute function assay_refuse_change();
create trigger delegation_keeps_all before truncate on delegation
  for each statement execute function assay_refuse_change();
alter table delegation enable always trigger delegation_keeps_rows;
alter table delegation enable always trigger delegation_keeps_all;
create constraint trigger delegation_insert_is_audited after insert on delegation deferrable initially deferred
  for each row execute function assay_requires_event('delegation.recorded', 'id');
create constraint trigger delegation_update_is_audited after update on delegation deferrable initially deferred
  for each row execute function assay_requires_event('delegation.revoked', 'id');
grant select on delegation to assay_app;
grant insert, update (revoked_at, revoked_by) on delegation to assay_api;

alter table decision drop constraint decision_verdict_check;
alter table decision add constraint decision_verdict_check
  check (verdict in ('approve', 'reject', 'request-changes', 'abstain', 'withdraw'));
alter table decision
  add column on_behalf_of text references principal,
  add column via text,
  add column delegation text references delegation,
  add column supersedes text unique references decision;
alter table decision add check ((on_behalf_of is null) = (delegation is null));
-- A person's first word in a role is one; what follows takes back or replaces the one before it.
alter table decision drop constraint decision_request_id_subject_digest_principal_role_key;
create unique index decision_first on decision (request_id, subject_digest, principal, role) where supersedes is null;

create table policy (
  project text not null references project,
  name text not null check (name ~ '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$'),
  version integer not null check (version > 0),
  digest text not null check (digest ~ '^sha256:[0-9a-f]{64}$'),
  body jsonb not null,
  recorded_by text not null references principal,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (project, name, version)
);
create index policy_by_digest on policy (project, digest);
create trigger policy_keeps_rows before update or delete on policy
  for each row execute function assay_refuse_change();
create trigger policy_keeps_all before truncate on policy
  for each statement execute function assay_refuse_change();
alter table policy enable always trigger policy_keeps_rows;
alter table policy enable always trigger policy_keeps_all;
create constraint trigger policy_insert_is_audited after insert on policy deferrable initially deferred
  for each row execute function assay_requires_event('policy.recorded', 'project', 'name', 'version');
grant select on policy to assay_app;
-- What may let a release through by itself is used by people first: the api alone says so.
grant insert on policy to assay_api;
grant usage on all sequences in schema public to assay_app;

-- Who signs where a policy lets a release through by itself: there from the beginning, made by nobody.
alter table principal disable trigger principal_insert_is_audited;
insert into principal (id, kind, display_name) values ('assay-policy', 'service', 'A policy, letting a release through');
alter table principal enable trigger principal_insert_is_audited;
