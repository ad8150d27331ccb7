-- What a row may become is judged by the database, whoever asks: history is not backdated, what has ended stays as it
-- ended, and a change that people must be able to see later brings its audit event in the same transaction.

-- The arguments name the columns that may change.
create function assay_only_these_change() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - tg_argv) is distinct from (to_jsonb(old) - tg_argv) then
    raise exception '% %: only % may change', tg_table_name, coalesce(to_jsonb(old) ->> 'id', ''),
      array_to_string(tg_argv, ', ') using errcode = '42501';
  end if;
  return new;
end $$;

do $$
declare
  changing constant jsonb := '{
    "principal": ["display_name"],
    "role_grant": ["revoked_at"],
    "api_token": ["last_used_at", "revoked_at"],
    "trigger": ["outcome", "settled_at"],
    "lifecycle_run": ["status", "reason", "started_at", "ended_at"],
    "stage_run": ["status", "waiting_for", "summary", "ended_at"],
    "effect": ["state", "external_id", "settled_at"],
    "alias_route": ["revision", "routes", "champion", "request_id", "moved_at"]}';
  name text;
  columns text;
begin
  for name in select jsonb_object_keys(changing) loop
    select string_agg(quote_literal(value), ', ') into columns from jsonb_array_elements_text(changing -> name);
    execute format('create trigger %I before update on %I for each row execute function assay_only_these_change(%s)',
      name || '_keeps_the_rest', name, columns);
  end loop;
end $$;

revoke update on project, principal, served_request from assay_app;

-- The database's clock says since when and until when a role is held: whoever signed is judged by that.
create function assay_guard_grant() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    new.granted_at := clock_timestamp();
    new.revoked_at := null;
  elsif old.revoked_at is not null then
    raise exception 'role_grant %: it was revoked; grant the role anew', old.id using errcode = '42501';
  elsif new.revoked_at is not null then
    new.revoked_at := clock_timestamp();
  end if;
  return new;
end $$;
create trigger role_grant_is_guarded before insert or update on role_grant
  for each row execute function assay_guard_grant();

create function assay_guard_token() returns trigger language plpgsql as $$
begin
  if old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at then
    raise exception 'api_token %: a revoked token stays revoked', old.id using errcode = '42501';
  end if;
  return new;
end $$;
create trigger api_token_is_guarded before update on api_token for each row execute function assay_guard_token();

-- A request opens open, ends once, and by the database's clock.
create function assay_guard_request() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    new.opened_at := clock_timestamp();
    if new.state <> 'open' or new.closed_at is not null or new.expires_at <= new.opened_at then
      raise exception 'approval request %: it opens open, and ends later', new.id using errcode = '42501';
    end if;
  elsif old.state <> 'open' then
    raise exception 'approval request %: it has ended as %', old.id, old.state using errcode = '42501';
  elsif new.state <> 'open' then
    new.closed_at := clock_timestamp();
  end if;
  return new;
end $$;
create trigger approval_request_is_guarded before insert or update on approval_request
  for each row execute function assay_guard_request();

create function assay_guard_ended() returns trigger language plpgsql as $$
begin
  raise exception '% %: it has ended and stays as it ended', tg_table_name, to_jsonb(old) ->> tg_argv[0]
    using errcode = '42501';
end $$;
create trigger lifecycle_run_has_ended before update on lifecycle_run for each row
  when (old.ended_at is not null) execute function assay_guard_ended('id');
create trigger stage_run_has_ended before update on stage_run for each row
  when (old.ended_at is not null) execute function assay_guard_ended('run_id');
create trigger effect_has_ended before update on effect for each row
  when (old.state = 'done') execute function assay_guard_ended('key');

-- An event is of the transaction and of the moment in which it is written: the sequencer passes by no event.
create function assay_stamp_event() returns trigger language plpgsql as $$
begin
  new.xid := pg_current_xact_id();
  new.at := clock_timestamp();
  return new;
end $$;
create trigger audit_event_is_stamped before insert on audit_event for each row execute function assay_stamp_event();

-- At commit: the row has its event `<action>/<key>`, the key being these columns joined by a slash. Names are qualified,
-- so that a temporary table stands for nothing.
create function assay_requires_event() returns trigger language plpgsql as $$
declare
  wanted text;
begin
  select tg_argv[0] || '/' || string_agg(to_jsonb(new) ->> tg_argv[position], '/' order by position) into wanted
  from generate_series(1, tg_nargs - 1) position;
  if not exists (select 1 from public.audit_event where event_key = wanted and xid = pg_current_xact_id()) then
    raise exception 'a change of % lacks its audit event %', tg_table_name, wanted using errcode = '42501';
  end if;
  return null;
end $$;

do $$
declare
  needs record;
begin
  for needs in select * from (values
    ('principal', 'insert', 'true', '''principal.created'', ''id'''),
    ('role_grant', 'insert', 'true', '''role.granted'', ''id'''),
    ('role_grant', 'update', 'new.revoked_at is not null', '''role.revoked'', ''id'''),
    ('api_token', 'insert', 'true', '''token.created'', ''id'''),
    ('api_token', 'update', 'old.revoked_at is null and new.revoked_at is not null', '''token.revoked'', ''id'''),
    ('lifecycle_run', 'insert', 'true', '''run.requested'', ''id'''),
    ('command', 'insert', 'true', '''command.recorded'', ''id'''),
    ('approval_request', 'insert', 'true', '''approval.opened'', ''id'''),
    ('approval_request', 'update', 'new.state <> ''open''', '''approval.closed'', ''id'''),
    ('decision', 'insert', 'true', '''decision.recorded'', ''id'''),
    ('waiver', 'insert', 'true', '''waiver.recorded'', ''id'''),
    ('model_version', 'insert', 'true', '''model.registered'', ''project'', ''id'''),
    ('alias_move', 'insert', 'true', '''alias.moved'', ''key''')
  ) as listed (name, operation, condition, arguments) loop
    execute format('create constraint trigger %I after %s on %I deferrable initially deferred for each row when (%s)
      execute function assay_requires_event(%s)',
      needs.name || '_' || needs.operation || '_is_audited', needs.operation, needs.name, needs.condition,
      needs.arguments);
  end loop;
end $$;

-- At commit: where an alias points is what its last move says, one revision after the other.
create function assay_route_is_moved() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.revision <> old.revision + 1 then
    raise exception 'alias %: revision % does not follow %', new.alias, new.revision, old.revision using errcode = '42501';
  end if;
  if exists (
    select 1 from public.alias_route r
    where r.project = new.project and r.alias = new.alias and not exists (
      select 1 from public.alias_move m
      where m.project = r.project and m.alias = r.alias and m.revision = r.revision and m.routes = r.routes
        and m.champion is not distinct from r.champion and m.request_id = r.request_id))
  then
    raise exception 'alias %: it does not point where a move on file says', new.alias using errcode = '42501';
  end if;
  return null;
end $$;
create constraint trigger alias_route_is_moved after insert or update on alias_route deferrable initially deferred
  for each row execute function assay_route_is_moved();
