-- Every question to a person, and what people answered. An approval and a waiver are answered by what is signed on their
-- request; the others here. An envelope is the truth; the columns beside it are copies for queries.

create sequence task_number;
create table task (
  id text primary key default 'task-' || nextval('task_number'),
  project text not null references project,
  kind text not null check (kind in ('approval', 'waiver', 'fact-check', 'label', 'budget', 'triage')),
  title text not null check (length(title) between 1 and 200),
  -- The id or the digest of what is asked about.
  subject text not null check (length(subject) between 1 and 200),
  run_id text references lifecycle_run,
  form jsonb not null,
  candidate_roles text[] not null,
  candidate_people text[] not null,
  excluded_people text[] not null default '{}',
  answers_needed integer not null default 1 check (answers_needed between 1 and 1000),
  batch text check (length(batch) between 1 and 100),
  due_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'answered', 'disputed', 'expired', 'cancelled')),
  answer text,
  evidence text references evidence,
  opened_by text not null,
  opened_at timestamptz not null default clock_timestamp(),
  closed_at timestamptz
);
create index task_waiting on task (project, due_at, id) where state in ('open', 'disputed');
create index task_by_due on task (project, due_at, id);
create index task_of_request on task (subject) where kind in ('approval', 'waiver');
create index task_by_batch on task (project, batch) where batch is not null;
create index task_overdue on task (due_at)
  where state in ('open', 'disputed') and kind not in ('approval', 'waiver');
create index task_by_evidence on task (evidence) where evidence is not null;

create table task_answer (
  number bigint generated always as identity unique,
  id text primary key default gen_random_uuid()::text,
  task_id text not null references task,
  principal text not null references principal,
  answer text not null,
  reason text not null,
  envelope jsonb not null,
  answered_at timestamptz not null default clock_timestamp(),
  unique (task_id, principal)
);

-- What waits when the table is made.
insert into task (id, project, kind, title, subject, run_id, form, candidate_roles, candidate_people, excluded_people,
  answers_needed, due_at, opened_by, opened_at)
select 'approve-' || r.id, r.project, 'approval', 'Release to ' || (r.subject #>> '{target,alias}'), r.id, r.run_id,
  jsonb_build_object('question', 'Release to ' || (r.subject #>> '{target,alias}') || '?'),
  array(select distinct asked ->> 'role' from jsonb_path_query(r.terms, '$.policy.stages[*].roles[*]') asked order by 1),
  '{}',
  case when (r.terms #>> '{policy,fourEyes,excludeRequester}') = 'true'
    then array[r.terms ->> 'requester'] || array(select jsonb_array_elements_text(r.terms -> 'alsoRequested'))
    else '{}' end,
  greatest(1, (select sum((asked ->> 'count')::integer)
    from jsonb_path_query(r.terms, '$.policy.stages[*].roles[*]') asked)),
  r.expires_at, 'assay-migrate', r.opened_at
from approval_request r where r.state = 'open';

insert into task (id, project, kind, title, subject, run_id, form, candidate_roles, candidate_people, excluded_people,
  due_at, opened_by, opened_at)
select 'waive-' || r.id || '-' || (said ->> 'question'), r.project, 'waiver',
  'Waive ' || (said ->> 'question') || ' for ' || (r.subject #>> '{target,alias}'), r.id, r.run_id,
  jsonb_build_object('question', 'Waive ' || (said ->> 'question') || ', which is ' || (said ->> 'verdict') || '?',
    'waives', said ->> 'question'),
  array[r.terms #>> '{policy,waivers,role}'], '{}', t.excluded_people, r.expires_at, 'assay-migrate', r.opened_at
from approval_request r join task t on t.id = 'approve-' || r.id
cross join jsonb_array_elements(r.terms -> 'answers') said
where said ->> 'verdict' in ('fail', 'unknown')
  and not exists (select 1 from waiver w where w.request_id = r.id and w.question = said ->> 'question');

insert into audit_event (project, actor, action, subject, details, event_key)
select project, 'assay-migrate', 'task.opened', id, jsonb_build_object('kind', kind, 'subject', subject),
  'task.opened/' || id from task order by id;

-- A task asks what it asked; it opens open, ends once and by the database's clock, and not without answers on file.
create trigger task_keeps_the_rest before update on task
  for each row execute function assay_only_these_change('state', 'answer', 'evidence', 'closed_at');
create function assay_guard_task() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    new.opened_at := clock_timestamp();
    if new.state <> 'open' or num_nonnulls(new.answer, new.evidence, new.closed_at) > 0
       or (new.kind not in ('approval', 'waiver') and new.due_at <= new.opened_at) then
      raise exception 'task %: it opens open, and is due later', new.id using errcode = '42501';
    end if;
    return new;
  end if;
  if old.state not in ('open', 'disputed') or (old.state = 'disputed' and new.state = 'open') then
    raise exception 'task %: it is % and does not become %', old.id, old.state, new.state using errcode = '42501';
  end if;
  if new.state in ('open', 'disputed') then
    new.closed_at := null;
    if num_nonnulls(new.answer, new.evidence) > 0 then
      raise exception 'task %: it has no answer while it waits for one', new.id using errcode = '42501';
    end if;
  else
    new.closed_at := clock_timestamp();
  end if;
  if new.kind in ('approval', 'waiver') then
    return new;
  end if;
  if new.state = 'answered' and
     (select count(*) from public.task_answer where task_id = new.id) < new.answers_needed then
    raise exception 'task %: it lacks answers', new.id using errcode = '42501';
  end if;
  if new.state = 'expired' and new.due_at > clock_timestamp() then
    raise exception 'task %: it is due later', new.id using errcode = '42501';
  end if;
  return new;
end $$;
create trigger task_is_guarded before insert or update on task for each row execute function assay_guard_task();
create trigger task_keeps_rows before delete on task for each row execute function assay_refuse_change();
create trigger task_keeps_all before truncate on task for each statement execute function assay_refuse_change();

create function assay_guard_answer() returns trigger language plpgsql as $$
begin
  new.answered_at := clock_timestamp();
  if not exists (
    select 1 from public.task where id = new.task_id and state in ('open', 'disputed')
    and kind not in ('approval', 'waiver') and due_at > new.answered_at for share)
  then
    raise exception 'task %: it takes no answers, or none any more', new.task_id using errcode = '42501';
  end if;
  return new;
end $$;
create trigger task_answer_is_guarded before insert on task_answer
  for each row execute function assay_guard_answer();
create trigger task_answer_keeps_rows before update or delete on task_answer
  for each row execute function assay_refuse_change();
create trigger task_answer_keeps_all before truncate on task_answer
  for each statement execute function assay_refuse_change();

do $$
declare
  name text;
begin
  foreach name in array array['task_keeps_rows', 'task_keeps_all'] loop
    execute format('alter table task enable always trigger %I', name);
  end loop;
  foreach name in array array['task_answer_keeps_rows', 'task_answer_keeps_all'] loop
    execute format('alter table task_answer enable always trigger %I', name);
  end loop;
end $$;

create constraint trigger task_insert_is_audited after insert on task deferrable initially deferred
  for each row execute function assay_requires_event('task.opened', 'id');
create constraint trigger task_update_is_audited after update on task deferrable initially deferred
  for each row when (new.state not in ('open', 'disputed')) execute function assay_requires_event('task.closed', 'id');
create constraint trigger task_answer_insert_is_audited after insert on task_answer deferrable initially deferred
  for each row execute function assay_requires_event('task.answered', 'id');

grant select, insert on task, task_answer to assay_app;
grant update (state, answer, evidence, closed_at) on task to assay_app;
grant usage on sequence task_number to assay_app;
