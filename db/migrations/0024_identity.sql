-- Who signs in, how, and what they may. The api alone changes it, under a role of its own (`assay_api`, a member of
-- `assay_app`); workers and gateway read who holds which role, and see neither passwords nor sessions.

alter table principal add column deactivated_at timestamptz;

-- Roles that a project adds to the nine built-in ones.
create table own_role (
  project text not null references project,
  name text not null check (name ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  meaning text not null check (length(meaning) between 1 and 500),
  declared_by text not null references principal,
  declared_at timestamptz not null default clock_timestamp(),
  primary key (project, name),
  check (name not in ('viewer', 'author', 'ml-lead', 'risk', 'legal', 'product', 'security', 'auditor', 'admin'))
);

alter table role_grant drop constraint role_grant_role_check;
create or replace function assay_guard_grant() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.role not in ('viewer', 'author', 'ml-lead', 'risk', 'legal', 'product', 'security', 'auditor', 'admin')
       and not exists (select 1 from public.own_role o where o.project = new.project and o.name = new.role) then
      raise exception 'role_grant: % has no role %', new.project, new.role using errcode = '42501';
    end if;
    if exists (select 1 from public.principal p where p.id = new.principal and p.deactivated_at is not null) then
      raise exception 'role_grant: % is deactivated', new.principal using errcode = '42501';
    end if;
    new.granted_at := clock_timestamp();
    new.revoked_at := null;
  elsif old.revoked_at is not null then
    raise exception 'role_grant %: it was revoked; grant the role anew', old.id using errcode = '42501';
  elsif new.revoked_at is not null then
    new.revoked_at := clock_timestamp();
  end if;
  return new;
end $$;

-- Who makes projects and people. It is no role in a project: no question about a project ever finds it.
create table installation_admin (
  id bigint generated always as identity primary key,
  principal text not null references principal,
  granted_at timestamptz not null default clock_timestamp(),
  revoked_at timestamptz
);
create unique index installation_admin_held on installation_admin (principal) where revoked_at is null;

-- One subject of an identity provider is one principal.
create table principal_identity (
  id uuid primary key default gen_random_uuid(),
  issuer text not null check (length(issuer) between 1 and 2000),
  subject text not null check (length(subject) between 1 and 255),
  principal text not null references principal,
  linked_at timestamptz not null default clock_timestamp(),
  unique (issuer, subject)
);

-- Whose first sign-in an admin has prepared; it counts once.
create table principal_email (
  email text primary key check (email = lower(email) and length(email) between 3 and 254),
  principal text not null unique references principal,
  prepared_at timestamptz not null default clock_timestamp(),
  linked_at timestamptz
);

create table local_password (
  principal text primary key references principal,
  hash text not null check (hash like '$argon2id$%'),
  set_at timestamptz not null default clock_timestamp()
);

-- SHA-256 of a code that makes the first admin, or sets somebody's password.
create table one_time_code (
  id uuid primary key default gen_random_uuid(),
  sha256 text not null unique check (sha256 ~ '^[0-9a-f]{64}$'),
  purpose text not null check (purpose in ('first-admin', 'password')),
  principal text references principal,
  issued_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  used_at timestamptz,
  check ((purpose = 'first-admin') = (principal is null))
);

create table session (
  id uuid primary key default gen_random_uuid(),
  sha256 text not null unique check (sha256 ~ '^[0-9a-f]{64}$'),
  principal text not null references principal,
  method text not null check (method in ('local', 'oidc', 'demo')),
  acr text check (length(acr) <= 255),
  amr text[] not null default '{}',
  created_at timestamptz not null default clock_timestamp(),
  authenticated_at timestamptz not null default clock_timestamp(),
  last_used_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index session_of_principal on session (principal) where ended_at is null;
create index session_by_age on session (created_at);

-- A device that asks to be let in (RFC 8628): it polls by one code, a person confirms by the other.
create table device_grant (
  id uuid primary key default gen_random_uuid(),
  device_sha256 text not null unique check (device_sha256 ~ '^[0-9a-f]{64}$'),
  user_sha256 text not null unique check (user_sha256 ~ '^[0-9a-f]{64}$'),
  label text not null check (length(label) between 1 and 200),
  scopes text[] not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  last_polled_at timestamptz,
  confirmed_by text references principal,
  authenticated_at timestamptz,
  denied_at timestamptz,
  used_at timestamptz
);
create index device_grant_by_age on device_grant (created_at);

-- How often something was tried of late; a key is a digest, so that no name stands here.
create table sign_in_pace (
  key text primary key check (key ~ '^[0-9a-f]{64}$'),
  tries integer not null,
  until timestamptz not null
);
create index sign_in_pace_by_age on sign_in_pace (until);

-- Tokens made before there were scopes could do whatever their holder may: so they still can.
alter table api_token disable trigger api_token_keeps_the_rest;
alter table api_token add column authenticated_at timestamptz;
update api_token set authenticated_at = created_at, scopes = case when scopes = '{}' then '{read,write,approve}' else scopes end;
alter table api_token alter column authenticated_at set not null, alter column authenticated_at set default clock_timestamp();
alter table api_token enable trigger api_token_keeps_the_rest;
alter table api_token add constraint api_token_scopes_known
  check (scopes <@ array['read', 'write', 'approve', 'gateway']) not valid;

do $$
declare
  changing constant jsonb := '{
    "principal": ["display_name", "deactivated_at"],
    "installation_admin": ["revoked_at"],
    "principal_email": ["linked_at"],
    "local_password": ["hash", "set_at"],
    "one_time_code": ["used_at"],
    "session": ["last_used_at", "ended_at"],
    "device_grant": ["last_polled_at", "confirmed_by", "authenticated_at", "denied_at", "used_at"]}';
  name text;
  columns text;
begin
  drop trigger principal_keeps_the_rest on principal;
  for name in select jsonb_object_keys(changing) loop
    select string_agg(quote_literal(value), ', ') into columns from jsonb_array_elements_text(changing -> name);
    execute format('create trigger %I before update on %I for each row execute function assay_only_these_change(%s)',
      name || '_keeps_the_rest', name, columns);
  end loop;
  foreach name in array array['own_role', 'principal_identity'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function assay_refuse_change()',
      name || '_keeps_rows', name);
    execute format('create trigger %I before truncate on %I for each statement execute function assay_refuse_change()',
      name || '_keeps_all', name);
    execute format('alter table %I enable always trigger %I', name, name || '_keeps_rows');
    execute format('alter table %I enable always trigger %I', name, name || '_keeps_all');
  end loop;
end $$;

create trigger session_has_ended before update on session for each row
  when (old.ended_at is not null) execute function assay_guard_ended('id');
create trigger installation_admin_has_ended before update on installation_admin for each row
  when (old.revoked_at is not null) execute function assay_guard_ended('id');
create trigger one_time_code_was_used before update on one_time_code for each row
  when (old.used_at is not null) execute function assay_guard_ended('id');
create trigger device_grant_was_used before update on device_grant for each row
  when (old.used_at is not null or old.denied_at is not null) execute function assay_guard_ended('id');

-- A session lives for at most 12 hours, of whomever: the database says so.
create function assay_guard_session() returns trigger language plpgsql as $$
begin
  new.created_at := clock_timestamp();
  new.last_used_at := new.created_at;
  new.expires_at := least(new.expires_at, new.created_at + interval '12 hours');
  new.authenticated_at := least(new.authenticated_at, new.created_at);
  if exists (select 1 from public.principal p where p.id = new.principal and p.deactivated_at is not null) then
    raise exception 'session: % is deactivated', new.principal using errcode = '42501';
  end if;
  return new;
end $$;
create trigger session_is_guarded before insert on session for each row execute function assay_guard_session();

-- At commit: this change has an event of this action about the row, the column naming whom it is about.
create function assay_requires_event_about() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from public.audit_event where action = tg_argv[0]
                 and subject = to_jsonb(new) ->> tg_argv[1] and xid = pg_current_xact_id()) then
    raise exception 'a change of % lacks its audit event %', tg_table_name, tg_argv[0] using errcode = '42501';
  end if;
  return null;
end $$;

do $$
declare
  needs record;
begin
  for needs in select * from (values
    ('own_role', 'insert', 'true', 'assay_requires_event', '''role.declared'', ''project'', ''name'''),
    ('installation_admin', 'insert', 'true', 'assay_requires_event', '''admin.granted'', ''id'''),
    ('installation_admin', 'update', 'new.revoked_at is not null', 'assay_requires_event', '''admin.revoked'', ''id'''),
    ('principal_identity', 'insert', 'true', 'assay_requires_event', '''identity.linked'', ''id'''),
    ('principal', 'update', 'old.deactivated_at is null and new.deactivated_at is not null',
      'assay_requires_event_about', '''principal.deactivated'', ''id'''),
    ('principal', 'update', 'old.deactivated_at is not null and new.deactivated_at is null',
      'assay_requires_event_about', '''principal.reactivated'', ''id'''),
    ('local_password', 'insert', 'true', 'assay_requires_event_about', '''password.set'', ''principal'''),
    ('local_password', 'update', 'true', 'assay_requires_event_about', '''password.set'', ''principal'''),
    ('one_time_code', 'insert', 'true', 'assay_requires_event', '''code.issued'', ''id'''),
    ('one_time_code', 'update', 'true', 'assay_requires_event', '''code.used'', ''id'''),
    ('session', 'insert', 'true', 'assay_requires_event', '''session.created'', ''id'''),
    ('session', 'update', 'new.ended_at is not null', 'assay_requires_event', '''session.ended'', ''id'''),
    ('device_grant', 'update', 'old.confirmed_by is null and new.confirmed_by is not null',
      'assay_requires_event', '''device.confirmed'', ''id''')
  ) as listed (name, operation, condition, judge, arguments) loop
    execute format('create constraint trigger %I after %s on %I deferrable initially deferred for each row when (%s)
      execute function %s(%s)',
      needs.name || '_' || needs.operation || '_' || substring(needs.arguments from '\.([a-z]+)') || '_is_audited', needs.operation, needs.name, needs.condition, needs.judge, needs.arguments);
  end loop;
end $$;

-- Housekeeping forgets what has been over for a month; what happened stays in the audit log.
create function assay_forget_sign_ins() returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  delete from public.session where coalesce(ended_at, expires_at) < clock_timestamp() - interval '30 days';
  delete from public.device_grant where expires_at < clock_timestamp() - interval '1 day';
  delete from public.one_time_code where expires_at < clock_timestamp() - interval '30 days';
  delete from public.sign_in_pace where until < clock_timestamp();
end $$;
revoke all on function assay_forget_sign_ins() from public;
grant execute on function assay_forget_sign_ins() to assay_app;

grant select on own_role, installation_admin to assay_app;
grant insert on project, principal, role_grant, api_token, own_role to assay_api;
grant update (deactivated_at, display_name) on principal to assay_api;
grant update (revoked_at) on role_grant, api_token to assay_api;
grant select, insert on principal_identity to assay_api;
grant select, insert, update on installation_admin, principal_email, local_password, one_time_code, session,
  device_grant, sign_in_pace to assay_api;
grant usage on sequence installation_admin_id_seq to assay_api;
