-- Who is there: the installation, its projects, people and services, their roles and tokens.

create table instance (
  only_row boolean primary key default true check (only_row),
  id uuid not null default gen_random_uuid(),
  name text not null default 'assay',
  created_at timestamptz not null default clock_timestamp()
);
insert into instance default values;

create table project (
  id text primary key check (id ~ '^[a-z0-9-]{1,63}$'),
  created_at timestamptz not null default clock_timestamp()
);

create table principal (
  id text primary key check (length(id) between 1 and 200),
  kind text not null check (kind in ('person', 'service')),
  display_name text not null,
  is_demo boolean not null default false,
  created_at timestamptz not null default clock_timestamp()
);
insert into principal (id, kind, display_name) values ('assay-retrain', 'service', 'Assay, starting a run again');

create table role_grant (
  id bigint generated always as identity primary key,
  principal text not null references principal,
  project text not null references project,
  role text not null check (role in
    ('viewer', 'author', 'ml-lead', 'risk', 'legal', 'product', 'security', 'auditor', 'admin')),
  granted_at timestamptz not null default clock_timestamp(),
  revoked_at timestamptz
);
create unique index role_grant_held on role_grant (principal, project, role) where revoked_at is null;

create table api_token (
  id uuid primary key default gen_random_uuid(),
  principal text not null references principal,
  sha256 text not null unique check (sha256 ~ '^[0-9a-f]{64}$'),
  label text not null,
  scopes text[] not null default '{}',
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz
);
