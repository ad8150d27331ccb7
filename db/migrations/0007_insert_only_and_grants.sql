-- What is written once stays: refused to the owner too, also under session_replication_role = replica.

create function assay_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on % is refused: the table is insert-only', tg_op, tg_table_name using errcode = '42501';
end $$;

do $$
declare
  name text;
begin
  foreach name in array array['evidence', 'evidence_use', 'evidence_edge', 'evidence_closure', 'command', 'decision',
    'waiver', 'model_version', 'alias_move', 'feedback', 'monitor_window', 'audit_event', 'audit_leaf',
    'audit_checkpoint', 'instance'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function assay_refuse_change()',
      name || '_keeps_rows', name);
    execute format('create trigger %I before truncate on %I for each statement execute function assay_refuse_change()',
      name || '_keeps_all', name);
    execute format('alter table %I enable always trigger %I', name, name || '_keeps_rows');
    execute format('alter table %I enable always trigger %I', name, name || '_keeps_all');
    execute format('grant select, insert on %I to assay_app', name);
  end loop;

  foreach name in array array['project', 'principal', 'role_grant', 'api_token', 'trigger', 'lifecycle_run',
    'stage_run', 'effect', 'approval_request', 'alias_route', 'served_request', 'outbox_cursor', 'lease'] loop
    execute format('grant select, insert, update on %I to assay_app', name);
  end loop;
end $$;

revoke insert on instance from assay_app;
grant select on assay_migration to assay_app;
grant usage on all sequences in schema public to assay_app;
grant usage on schema public to assay_app;
grant execute on function assay_ensure_partitions(integer) to assay_app;
