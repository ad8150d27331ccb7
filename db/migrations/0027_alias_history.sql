-- When an alias really pointed where its moves say. A move is so from the moment of its row; a correction says since when
-- it was so in truth, or that it never was. Neither is ever changed: what was known at any moment stays known.

create table alias_correction (
  id bigint generated always as identity primary key,
  project text not null,
  alias text not null,
  revision integer not null,
  -- Null: the move was on file and never took effect.
  effective_at timestamptz,
  principal text not null references principal,
  reason text not null check (length(reason) between 10 and 2000),
  at timestamptz not null default clock_timestamp(),
  foreign key (project, alias, revision) references alias_move (project, alias, revision)
);
create index alias_correction_of_move on alias_correction (project, alias, revision, id desc);

create function assay_guard_correction() returns trigger language plpgsql as $$
begin
  new.at := clock_timestamp();
  if new.effective_at > new.at then
    raise exception 'alias %: what was so is not in the future', new.alias using errcode = '42501';
  end if;
  return new;
end $$;
create trigger alias_correction_is_of_now before insert on alias_correction
  for each row execute function assay_guard_correction();
create trigger alias_correction_keeps_rows before update or delete on alias_correction
  for each row execute function assay_refuse_change();
create trigger alias_correction_keeps_all before truncate on alias_correction
  for each statement execute function assay_refuse_change();
alter table alias_correction enable always trigger alias_correction_keeps_rows;
alter table alias_correction enable always trigger alias_correction_keeps_all;
create constraint trigger alias_correction_insert_is_audited after insert on alias_correction
  deferrable initially deferred for each row execute function assay_requires_event('alias.corrected', 'id');
grant select, insert on alias_correction to assay_app;
