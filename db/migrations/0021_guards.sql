-- What these rows may become, as for the others: an import begins as asked for, a webhook that was removed stays removed,
-- and who its messages are signed for changes with an event of it.
create function assay_guard_new_import() returns trigger language plpgsql as $$
begin
  if new.state <> 'requested' then
    raise exception 'base_import %: it begins as requested', new.id using errcode = '42501';
  end if;
  return new;
end $$;
create trigger base_import_begins before insert on base_import for each row execute function assay_guard_new_import();

create trigger webhook_was_removed before update on webhook for each row
  when (old.removed_at is not null) execute function assay_guard_ended('id');

create function assay_secrets_change_is_audited() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from public.audit_event
                 where action = 'webhook.secrets-changed' and subject = new.id and xid = pg_current_xact_id()) then
    raise exception 'webhook %: other secrets lack their audit event', new.id using errcode = '42501';
  end if;
  return null;
end $$;
create constraint trigger webhook_secrets_are_audited after update on webhook deferrable initially deferred
  for each row when (old.secrets is distinct from new.secrets) execute function assay_secrets_change_is_audited();
