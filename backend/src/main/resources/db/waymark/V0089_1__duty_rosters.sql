-- When officers are on duty, as the force's own duty system tells it: who writes to one is told when they are back.
create table waymark.duty_roster (
  force_id uuid not null references waymark.force,
  collar_number text not null check (length(collar_number) between 1 and 20),
  from_at timestamptz not null,
  until_at timestamptz not null,
  shifts tstzmultirange not null,
  received_at timestamptz not null,
  primary key (force_id, collar_number),
  check (from_at < until_at)
);
comment on table waymark.duty_roster is 'When an officer is on duty: what the force''s duty system said last. Times are case time.';
comment on column waymark.duty_roster.collar_number is 'cases name officers by it';
comment on column waymark.duty_roster.from_at is 'from here to until_at it is known; outside of it nobody is taken to be off';
comment on column waymark.duty_roster.shifts is 'on duty in these; off in the rest of what is known';

alter table waymark.duty_roster enable row level security;
alter table waymark.duty_roster force row level security;
create policy own_force on waymark.duty_roster to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
grant select, insert, update on waymark.duty_roster to waymark_app;
