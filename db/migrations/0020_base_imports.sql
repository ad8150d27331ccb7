-- Base models that people imported: what they asked for, and what a worker found. An import ends once, as a version of
-- its name or with the reason why there is none.
create sequence base_import_number;
create table base_import (
  id text primary key default 'import-' || nextval('base_import_number'),
  project text not null references project,
  name text not null,
  source jsonb not null,
  card jsonb not null,
  requested_by text not null references principal,
  requested_at timestamptz not null default clock_timestamp(),
  state text not null default 'requested' check (state in ('requested', 'imported', 'refused')),
  number integer check (number > 0),
  evidence text references evidence,
  reason text,
  ended_at timestamptz,
  unique (project, name, number),
  check ((state = 'imported') = (number is not null and evidence is not null)),
  check ((state = 'refused') = (reason is not null)),
  check ((state = 'requested') = (ended_at is null))
);
create index base_import_by_evidence on base_import (evidence);
grant select, insert, update on base_import to assay_app;
grant usage on sequence base_import_number to assay_app;

create trigger base_import_keeps_the_rest before update on base_import for each row
  execute function assay_only_these_change('state', 'number', 'evidence', 'reason', 'ended_at');
create trigger base_import_has_ended before update on base_import for each row
  when (old.ended_at is not null) execute function assay_guard_ended('id');
create trigger base_import_keeps_rows before delete on base_import for each row execute function assay_refuse_change();
create trigger base_import_keeps_all before truncate on base_import for each statement
  execute function assay_refuse_change();
alter table base_import enable always trigger base_import_keeps_rows;
alter table base_import enable always trigger base_import_keeps_all;

create constraint trigger base_import_insert_is_audited after insert on base_import
  deferrable initially deferred for each row execute function assay_requires_event('import.requested', 'id');
create constraint trigger base_import_update_is_audited after update on base_import
  deferrable initially deferred for each row when (new.state <> 'requested')
  execute function assay_requires_event('import.finished', 'id');
