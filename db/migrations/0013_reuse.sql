-- Runs that go on from a stage of another, and stages that are not done again because their result is on file.

alter table lifecycle_run
  add column forked_from_run text references lifecycle_run,
  add column forked_from_stage text
    check (forked_from_stage in ('collect', 'curate', 'fine-tune', 'evaluate', 'approve')),
  -- Whether results of other runs may stand for stages that have the same inputs.
  add column may_reuse boolean not null default true,
  add constraint lifecycle_run_is_forked check (num_nulls(forked_from_run, forked_from_stage) in (0, 2));
create index lifecycle_run_by_fork on lifecycle_run (forked_from_run) where forked_from_run is not null;

alter table stage_run
  -- What the stage left for those after it: ids and digests.
  add column result jsonb,
  -- A digest of all that the result depends on; the same key is the same result.
  add column reuse_key text check (reuse_key ~ '^sha256:[0-9a-f]{64}$'),
  -- The run that did the work, where this one did not.
  add column reused_from_run text references lifecycle_run,
  add column reused_kind text check (reused_kind in ('fork', 'content')),
  add constraint stage_run_is_reused check (num_nulls(reused_from_run, reused_kind) in (0, 2));
create index stage_run_by_reuse_key on stage_run (reuse_key, ended_at)
  where reuse_key is not null and reused_from_run is null and status = 'succeeded';

drop trigger stage_run_keeps_the_rest on stage_run;
create trigger stage_run_keeps_the_rest before update on stage_run for each row execute function
  assay_only_these_change('status', 'waiting_for', 'summary', 'ended_at', 'result', 'reused_from_run', 'reused_kind');

create function assay_stages_before(stage text) returns text[] language sql immutable as $$
  select all_stages[1 : array_position(all_stages, stage) - 1]
  from (select array['collect', 'curate', 'fine-tune', 'evaluate', 'approve', 'deploy', 'monitor']) as s (all_stages)
$$;

-- A fork is a run of the same lifecycle, and every stage before it has left something to go on from.
create function assay_guard_fork() returns trigger language plpgsql as $$
declare
  missing text;
begin
  if not exists (select 1 from public.lifecycle_run r
                 where r.id = new.forked_from_run and r.project = new.project and r.name = new.name) then
    raise exception 'run %: % is no run of this lifecycle', new.id, new.forked_from_run using errcode = '42501';
  end if;
  select b.stage into missing from unnest(public.assay_stages_before(new.forked_from_stage)) as b (stage)
  where (b.stage <> 'fine-tune' or new.plan ->> 'train' is not null) and not exists (
    select 1 from public.stage_run s
    where s.run_id = new.forked_from_run and s.stage = b.stage and s.status = 'succeeded' and s.result is not null)
  limit 1;
  if missing is not null then
    raise exception 'run %: % of % left nothing to go on from', new.id, missing, new.forked_from_run using errcode = '42501';
  end if;
  return new;
end $$;
create trigger lifecycle_run_fork_is_guarded before insert on lifecycle_run for each row
  when (new.forked_from_run is not null) execute function assay_guard_fork();

-- A stage that was reused is word for word what the run that did the work left: by the fork that was asked for, or
-- because all that it depends on is the same.
create function assay_guard_reuse() returns trigger language plpgsql as $$
declare
  run record;
  origin record;
begin
  select r.project, r.may_reuse, r.forked_from_run, r.forked_from_stage into run
  from public.lifecycle_run r where r.id = new.run_id;
  select s.summary, s.result, s.reuse_key into origin
  from public.stage_run s join public.lifecycle_run r on r.id = s.run_id
  where s.run_id = new.reused_from_run and s.stage = new.stage and s.status = 'succeeded'
    and s.reused_from_run is null and s.result is not null and r.project = run.project;
  if not found or new.stage not in ('collect', 'curate', 'fine-tune', 'evaluate') or new.status <> 'succeeded' 
     or (new.summary, new.result) is distinct from (origin.summary, origin.result) then
    raise exception 'stage % of %: that is not what % left', new.stage, new.run_id, new.reused_from_run using errcode = '42501';
  end if;
  if new.reused_kind = 'content' and run.may_reuse and new.reuse_key = origin.reuse_key then
    return new;
  end if;
  if new.reused_kind = 'fork' and new.stage = any (public.assay_stages_before(run.forked_from_stage)) and exists (
    select 1 from public.stage_run p where p.run_id = run.forked_from_run and p.stage = new.stage
      and p.status = 'succeeded' and coalesce(p.reused_from_run, p.run_id) = new.reused_from_run) then
    return new;
  end if;
  raise exception 'stage % of %: nothing lets it reuse %', new.stage, new.run_id, new.reused_from_run using errcode = '42501';
end $$;
create trigger stage_run_reuse_is_guarded before insert or update on stage_run for each row
  when (new.reused_from_run is not null) execute function assay_guard_reuse();
