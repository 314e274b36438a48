-- Staff decided that people are told of a court date after all, though its source wanted nobody told.
create table waymark.notify_decision (
  event_id uuid primary key references waymark.case_event,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  decided_by text not null,
  decided_at timestamptz not null
);
comment on table waymark.notify_decision is 'Staff decided that people are told of news that its source wanted kept quiet.';
comment on column waymark.notify_decision.decided_at is 'case time';
create index notify_decision_by_case on waymark.notify_decision (case_id);
comment on index waymark.notify_decision_by_case is 'asked when a case is folded';
alter table waymark.notify_decision enable row level security;
alter table waymark.notify_decision force row level security;
create policy own_force on waymark.notify_decision to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
grant select, insert on waymark.notify_decision to waymark_app;
