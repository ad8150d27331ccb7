-- The verifier's keys that have signed checkpoints of the audit log, so that whoever exports it can name them.
create table audit_key (
  -- <origin>+<hash>+<key>, as c2sp.org/signed-note writes it.
  vkey text primary key check (length(vkey) between 1 and 500),
  origin text not null,
  since timestamptz not null default clock_timestamp()
);

create trigger audit_key_keeps_rows before update or delete on audit_key for each row
  execute function assay_refuse_change();
create trigger audit_key_keeps_all before truncate on audit_key for each statement
  execute function assay_refuse_change();
alter table audit_key enable always trigger audit_key_keeps_rows;
alter table audit_key enable always trigger audit_key_keeps_all;
grant select, insert on audit_key to assay_app;
