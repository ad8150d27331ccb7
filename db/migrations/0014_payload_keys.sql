-- The names of the keys that encrypted payloads of this installation: a worker that lacks the newest does not start, so
-- that nothing is written in plain text by mistake.
create table payload_key (
  id text primary key,
  first_used_at timestamptz not null default clock_timestamp()
);
create trigger payload_key_keeps_rows before update or delete on payload_key
  for each row execute function assay_refuse_change();
create trigger payload_key_keeps_all before truncate on payload_key
  for each statement execute function assay_refuse_change();
alter table payload_key enable always trigger payload_key_keeps_rows;
alter table payload_key enable always trigger payload_key_keeps_all;
grant select, insert on payload_key to assay_app;
