-- What was last said of a court date by listing events and by CSV, which say it again and again: only what is new becomes an event.
create table waymark.reported_date (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  source text not null,
  hearing_id text not null,
  said bytea not null,
  unique (force_id, source, hearing_id, case_id)
);
comment on table waymark.reported_date is 'What a source last said of a court date of a case.';
comment on column waymark.reported_date.hearing_id is 'what the source calls the hearing';
comment on column waymark.reported_date.said is 'sealed: when, where, who was named, and which event said so';
create index reported_date_by_case on waymark.reported_date (case_id);
comment on index waymark.reported_date_by_case is 'all of a case, when it goes';
alter table waymark.reported_date enable row level security;
alter table waymark.reported_date force row level security;
create policy own_force on waymark.reported_date to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
create policy named_only on waymark.reported_date as restrictive to waymark_app
  using ((select waymark.ctx_kind()) is distinct from 'staff' or waymark.case_open(case_id)) with check (true);
grant select, insert, update on waymark.reported_date to waymark_app;
