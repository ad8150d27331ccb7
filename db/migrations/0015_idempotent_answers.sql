-- What a POST with an Idempotency-Key was answered, written in the transaction of its effect: there are both or neither.
create table idempotent_answer (
  principal text not null references principal,
  -- Empty where the caller has a part in several projects and named none.
  project text not null,
  key text not null check (length(key) between 1 and 255),
  request_digest text not null check (request_digest ~ '^[0-9a-f]{64}$'),
  status integer not null check (status between 200 and 299),
  body text not null,
  answered_at timestamptz not null default clock_timestamp(),
  primary key (principal, project, key)
);
create index idempotent_answer_by_age on idempotent_answer (answered_at);

-- The application can change no answer, and forget only those that are older than the day that callers are promised.
create function assay_forget_answers(older_than interval) returns integer
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  forgotten integer;
begin
  if older_than < interval '24 hours' then
    raise exception 'idempotent_answer: the answer to a key stays for 24 hours' using errcode = '42501';
  end if;
  delete from public.idempotent_answer where answered_at < clock_timestamp() - older_than;
  get diagnostics forgotten = row_count;
  return forgotten;
end $$;
revoke all on function assay_forget_answers(interval) from public;
grant execute on function assay_forget_answers(interval) to assay_app;
grant select, insert on idempotent_answer to assay_app;
