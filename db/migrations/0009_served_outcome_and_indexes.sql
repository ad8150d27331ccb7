-- What became of a request that a version was asked to answer: use and latency count failures too. Only what was
-- answered is judged by the monitor.
alter table served_request add column outcome text not null default 'answered' check (outcome in
  ('answered', 'provider_refused', 'provider_failed', 'provider_timeout', 'rate_limited', 'unavailable', 'caller_left'));

-- The latest runs of a project; the run that a trigger started; who uses a piece of evidence.
create index lifecycle_run_by_project on lifecycle_run (project, created_at desc);
create index lifecycle_run_by_trigger on lifecycle_run (trigger_id) where trigger_id is not null;
create index monitor_window_by_evidence on monitor_window (evidence);
