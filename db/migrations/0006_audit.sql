-- The ordered record of every state change, its Merkle leaves, its signed checkpoints, and who reads it.

create table audit_event (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  at timestamptz not null default clock_timestamp(),
  project text,
  actor text not null,
  action text not null,
  subject text not null,
  details jsonb not null default '{}',
  event_key text not null unique
);
create index audit_event_in_order on audit_event (xid, id);

create table audit_leaf (
  leaf_index bigint primary key check (leaf_index >= 0),
  event_id bigint not null unique references audit_event,
  leaf_hash bytea not null check (length(leaf_hash) = 32)
);

create table audit_checkpoint (
  size bigint primary key check (size > 0),
  root bytea not null check (length(root) = 32),
  note text not null,
  at timestamptz not null default clock_timestamp()
);

create table outbox_cursor (
  consumer text primary key,
  -- The last leaf that this consumer has dealt with.
  leaf_index bigint not null,
  advanced_at timestamptz not null default clock_timestamp()
);

create table lease (
  name text primary key,
  holder text not null,
  expires_at timestamptz not null,
  fencing bigint not null
);
