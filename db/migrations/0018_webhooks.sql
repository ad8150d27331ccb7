-- Who is told of events, and what they were told. A secret stands here as a reference, never as a value.

create sequence webhook_number;
create table webhook (
  id text primary key default 'webhook-' || nextval('webhook_number'),
  project text not null references project,
  url text not null check (length(url) between 1 and 2000),
  events text[] not null check (cardinality(events) between 1 and 50),
  -- References as ${secret:NAME}: what is sent is signed with each.
  secrets text[] not null check (cardinality(secrets) between 1 and 2),
  added_by text not null references principal,
  added_at timestamptz not null default clock_timestamp(),
  removed_at timestamptz
);
create index webhook_of_project on webhook (project) where removed_at is null;

create table webhook_delivery (
  -- The webhook-id that the receiver sees, the same at every attempt.
  id uuid primary key default gen_random_uuid(),
  webhook text not null references webhook,
  -- Null for a test.
  event_id bigint references audit_event,
  type text not null,
  body text not null,
  state text not null default 'pending' check (state in ('pending', 'delivered', 'dead')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default clock_timestamp(),
  last_status integer,
  last_error text check (length(last_error) <= 500),
  created_at timestamptz not null default clock_timestamp(),
  settled_at timestamptz,
  unique (webhook, event_id)
);
create index webhook_delivery_due on webhook_delivery (next_attempt_at) where state = 'pending';
create index webhook_delivery_by_webhook on webhook_delivery (webhook, created_at desc);
create index webhook_delivery_by_age on webhook_delivery (settled_at) where settled_at is not null;

create trigger webhook_keeps_the_rest before update on webhook for each row
  execute function assay_only_these_change('secrets', 'removed_at');
create trigger webhook_delivery_keeps_the_rest before update on webhook_delivery for each row
  execute function assay_only_these_change('state', 'attempts', 'next_attempt_at', 'last_status', 'last_error', 'settled_at');
create constraint trigger webhook_insert_is_audited after insert on webhook deferrable initially deferred
  for each row execute function assay_requires_event('webhook.added', 'id');
create constraint trigger webhook_removal_is_audited after update on webhook deferrable initially deferred
  for each row when (old.removed_at is null and new.removed_at is not null)
  execute function assay_requires_event('webhook.removed', 'id');

-- The application forgets only what is settled and older than the longest time of trying.
create function assay_forget_deliveries(older_than interval) returns integer
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  forgotten integer;
begin
  if older_than < interval '7 days' then
    raise exception 'webhook_delivery: deliveries stay for 7 days' using errcode = '42501';
  end if;
  delete from public.webhook_delivery where settled_at < clock_timestamp() - older_than;
  get diagnostics forgotten = row_count;
  return forgotten;
end $$;
revoke all on function assay_forget_deliveries(interval) from public;
grant execute on function assay_forget_deliveries(interval) to assay_app;
grant select, insert, update on webhook, webhook_delivery to assay_app;
grant usage on sequence webhook_number to assay_app;
