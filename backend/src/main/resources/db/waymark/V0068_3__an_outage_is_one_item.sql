-- A force's system that takes nothing for long: one item for staff, however much waits.
create table waymark.outbound_outage (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  began_at timestamptz not null,
  ended_at timestamptz
);
comment on table waymark.outbound_outage is 'several things are late for one force''s system at a time: one item of the work queue stands for all of them';
comment on column waymark.outbound_outage.id is 'what its item is about';
comment on column waymark.outbound_outage.began_at is 'case time at which staff were told of the second late thing';
comment on column waymark.outbound_outage.ended_at is 'case time at which nothing of it waited any more, or staff had dealt with it';
create unique index outbound_outage_open on waymark.outbound_outage (force_id) where ended_at is null;
comment on index waymark.outbound_outage_open is 'one at a time for each force';
alter table waymark.outbound_outage enable row level security;
alter table waymark.outbound_outage force row level security;
create policy own_force on waymark.outbound_outage to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
create policy gate_reads on waymark.outbound_outage for select to waymark_gate using (true);
grant select, insert, update on waymark.outbound_outage to waymark_app;
grant select on waymark.outbound_outage to waymark_gate;

alter table waymark.outbound_parcel add column late_in uuid;
comment on column waymark.outbound_parcel.late_in is
  'staff were told that it is late: its own id where it has an item of its own, else that of the outage; null where they were not';
create index outbound_parcel_late_in on waymark.outbound_parcel (force_id, late_in) where state = 'waiting' and late_in is not null;
comment on index waymark.outbound_parcel_late_in is 'what else is late for the same system';

create function waymark.gate_outages_over() returns table (id uuid, force_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.id, o.force_id from waymark.outbound_outage o
   where o.ended_at is null
     and not exists (select 1 from waymark.outbound_parcel p where p.force_id = o.force_id and p.late_in = o.id and p.state = 'waiting')
$$;
alter function waymark.gate_outages_over owner to waymark_gate;
revoke all on function waymark.gate_outages_over from public;
grant execute on function waymark.gate_outages_over to waymark_app;
comment on function waymark.gate_outages_over is 'outages of all forces of which nothing waits any more';
