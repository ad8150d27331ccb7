-- A run that makes a model again, from its pinned inputs, to see whether it can be done; it releases nothing.
alter table lifecycle_run add column recreates text;
alter table lifecycle_run add constraint lifecycle_run_recreates_a_version
  foreign key (project, recreates) references model_version (project, id);
create index lifecycle_run_by_recreated on lifecycle_run (project, recreates) where recreates is not null;
