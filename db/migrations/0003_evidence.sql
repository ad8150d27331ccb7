-- Immutable facts. `content` is the canonical JSON (RFC 8785) whose SHA-256 is the id; the other columns are copies
-- for queries. Text, not jsonb: jsonb holds no U+0000, and the bytes are the fact.

create table evidence (
  id text primary key,
  kind text not null,
  subject text not null check (subject ~ '^sha256:[0-9a-f]{64}$'),
  content text not null,
  created_at timestamptz not null default clock_timestamp(),
  constraint evidence_id_is_digest check (id = 'sha256:' || encode(sha256(convert_to(content, 'UTF8')), 'hex'))
);
create index evidence_by_subject on evidence (subject);

create table evidence_use (
  evidence text not null references evidence,
  run_id text not null references lifecycle_run,
  stage text not null,
  at timestamptz not null default clock_timestamp(),
  primary key (evidence, run_id, stage)
);
create index evidence_use_by_run on evidence_use (run_id, at);

-- An input is a digest: of evidence, of a dataset, of an artifact. It need not be evidence.
create table evidence_edge (
  evidence text not null references evidence,
  input text not null,
  primary key (evidence, input)
);
create index evidence_edge_by_input on evidence_edge (input);

create table evidence_closure (
  descendant text not null references evidence,
  ancestor text not null,
  primary key (descendant, ancestor)
);
create index evidence_closure_by_ancestor on evidence_closure (ancestor);

alter table trigger add foreign key (evidence) references evidence;
