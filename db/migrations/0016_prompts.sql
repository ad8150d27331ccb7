-- Prompts: every text that was pushed, and where the names that authors give them pointed, move by move. An alias here
-- moves nothing that is served: that is what approvals are for.
create table prompt_version (
  project text not null references project,
  id text not null,
  name text not null,
  number integer not null check (number > 0),
  digest text not null,
  text text not null,
  author text not null references principal,
  pushed_at timestamptz not null default clock_timestamp(),
  primary key (project, id),
  unique (project, name, number),
  unique (project, name, digest),
  check (id = name || '@' || number),
  constraint prompt_digest_is_of_its_text
    check (digest = 'sha256:' || encode(sha256(convert_to(text, 'UTF8')), 'hex'))
);

create table prompt_alias_move (
  project text not null,
  name text not null,
  alias text not null,
  revision integer not null check (revision > 0),
  number integer not null,
  author text not null references principal,
  at timestamptz not null default clock_timestamp(),
  primary key (project, name, alias, revision),
  foreign key (project, name, number) references prompt_version (project, name, number)
);

do $$
declare
  name text;
begin
  foreach name in array array['prompt_version', 'prompt_alias_move'] loop
    execute format('create trigger %I before update or delete on %I for each row execute function assay_refuse_change()',
      name || '_keeps_rows', name);
    execute format('create trigger %I before truncate on %I for each statement execute function assay_refuse_change()',
      name || '_keeps_all', name);
    execute format('alter table %I enable always trigger %I', name, name || '_keeps_rows');
    execute format('alter table %I enable always trigger %I', name, name || '_keeps_all');
    execute format('grant select, insert on %I to assay_app', name);
  end loop;
end $$;

create constraint trigger prompt_version_insert_is_audited after insert on prompt_version
  deferrable initially deferred for each row execute function assay_requires_event('prompt.pushed', 'project', 'id');
create constraint trigger prompt_alias_move_insert_is_audited after insert on prompt_alias_move
  deferrable initially deferred for each row
  execute function assay_requires_event('prompt.alias-set', 'project', 'name', 'alias', 'revision');
