-- Webhooks become one kind of channel beside e-mail and Slack: one log of deliveries, one schedule, one sender.

alter table webhook rename to notification_channel;
alter table webhook_delivery rename to notification_delivery;
alter sequence webhook_number rename to notification_channel_number;
alter index webhook_of_project rename to notification_channel_of_project;
alter index webhook_delivery_due rename to notification_delivery_due;
alter index webhook_delivery_by_webhook rename to notification_delivery_by_channel;
alter index webhook_delivery_by_age rename to notification_delivery_by_age;

-- An address for webhooks; references alone for Slack, whose address is a secret; for e-mail mailboxes, people, or both.
alter table notification_channel
  add column kind text not null default 'webhook' check (kind in ('webhook', 'email', 'slack')),
  add column mailboxes text[] not null default '{}' check (cardinality(mailboxes) <= 20),
  -- Whether those that a request waits for, and its signers, get mail of their own.
  add column people boolean not null default false,
  alter column id drop default,
  alter column url drop not null,
  drop constraint webhook_secrets_check;
alter table notification_channel
  alter column kind drop default,
  add constraint notification_channel_is_of_its_kind check (case kind
    when 'webhook' then url is not null and cardinality(secrets) between 1 and 2 and cardinality(mailboxes) = 0 and not people
    when 'slack' then url is null and cardinality(secrets) = 1 and cardinality(mailboxes) = 0 and not people
    else url is null and cardinality(secrets) = 0 and (people or cardinality(mailboxes) > 0) end);
-- Nobody hears of one thing twice.
create unique index notification_channel_for_people on notification_channel (project)
  where people and removed_at is null;

alter table notification_delivery rename column webhook to channel;
-- Empty: the channel itself; else `mailbox:` and an address, or `person:` and a principal, whose address is looked up when
-- it is sent.
alter table notification_delivery add column recipient text not null default '' check (length(recipient) <= 300);
alter table notification_delivery
  drop constraint webhook_delivery_webhook_event_id_key,
  add constraint notification_delivery_is_once unique (channel, event_id, recipient);

drop trigger webhook_keeps_the_rest on notification_channel;
drop trigger webhook_delivery_keeps_the_rest on notification_delivery;
drop trigger webhook_insert_is_audited on notification_channel;
drop trigger webhook_removal_is_audited on notification_channel;
drop trigger webhook_was_removed on notification_channel;
drop trigger webhook_secrets_are_audited on notification_channel;

create trigger notification_channel_keeps_the_rest before update on notification_channel for each row
  execute function assay_only_these_change('secrets', 'removed_at');
create trigger notification_delivery_keeps_the_rest before update on notification_delivery for each row
  execute function assay_only_these_change('state', 'attempts', 'next_attempt_at', 'last_status', 'last_error', 'settled_at');
create trigger notification_channel_was_removed before update on notification_channel for each row
  when (old.removed_at is not null) execute function assay_guard_ended('id');
create constraint trigger notification_channel_insert_is_audited after insert on notification_channel
  deferrable initially deferred for each row execute function assay_requires_event('channel.added', 'id');
create constraint trigger notification_channel_removal_is_audited after update on notification_channel
  deferrable initially deferred for each row when (old.removed_at is null and new.removed_at is not null)
  execute function assay_requires_event('channel.removed', 'id');

create or replace function assay_secrets_change_is_audited() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from public.audit_event
                 where action = 'channel.secrets-changed' and subject = new.id and xid = pg_current_xact_id()) then
    raise exception 'channel %: other secrets lack their audit event', new.id using errcode = '42501';
  end if;
  return null;
end $$;
create constraint trigger notification_channel_secrets_are_audited after update on notification_channel
  deferrable initially deferred for each row when (old.secrets is distinct from new.secrets)
  execute function assay_secrets_change_is_audited();

create or replace function assay_forget_deliveries(older_than interval) returns integer
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  forgotten integer;
begin
  if older_than < interval '7 days' then
    raise exception 'notification_delivery: deliveries stay for 7 days' using errcode = '42501';
  end if;
  delete from public.notification_delivery where settled_at < clock_timestamp() - older_than;
  get diagnostics forgotten = row_count;
  return forgotten;
end $$;

update outbox_cursor set consumer = 'notifications' where consumer = 'webhooks';

-- Where a person wants their mail: theirs to change and to take away, and in no other table and no log.
create table notification_address (
  principal text primary key references principal,
  email text not null check (length(email) <= 254 and email ~ '^[^[:space:][:cntrl:],;:<>()"\\@]+@[A-Za-z0-9.-]+$'),
  set_at timestamptz not null default clock_timestamp()
);
grant select, insert, update, delete on notification_address to assay_app;
