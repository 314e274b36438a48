-- A flag that comes after somebody has signed, and before the force has the statement: what waits is taken back until somebody has spoken
-- to whoever signed it.
alter table waymark.outbound_parcel
  drop constraint outbound_parcel_state_check,
  add constraint outbound_parcel_state_check
    check (state in ('waiting', 'refused', 'acknowledged', 'handled', 'superseded', 'withdrawn'));
comment on column waymark.outbound_parcel.state is 'acknowledged only when the other side has said that it has it; handled: staff have '
  'put it there themselves; superseded: the other side has a later one that says all of it anew; withdrawn: whoever put it took it back '
  'before it had arrived';

drop index waymark.outbound_parcel_words;
create index outbound_parcel_words on waymark.outbound_parcel (settled_at)
  where data is not null and state in ('acknowledged', 'handled', 'superseded', 'withdrawn');
comment on index waymark.outbound_parcel_words is 'whose words may go';

create or replace function waymark.gate_wipe_parcels(p_before timestamptz, p_most int) returns int
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare gone int;
begin
  update waymark.outbound_parcel p set data = null
   where p.id in (select q.id from waymark.outbound_parcel q
                   where q.state in ('acknowledged', 'handled', 'superseded', 'withdrawn') and q.data is not null
                     and q.settled_at < p_before
                   order by q.settled_at limit p_most for update skip locked);
  get diagnostics gone = row_count;
  return gone;
end $$;

grant update (together) on waymark.statement_standing to waymark_app;

create function waymark.gate_reached_together(p_case uuid) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct o.id
    from waymark.participant pa
    join waymark.account_person l on l.person_id = pa.person_id and l.ended_at is null
    join waymark.account a on a.id = l.account_id
   cross join lateral waymark.people_of_line(a.line_id) o
   where pa.case_id = p_case and not pa.removed and pa.force_id = waymark.ctx_force() and o.force_id = pa.force_id
     and waymark.ctx_kind() in ('staff', 'worker', 'system')
$$;
alter function waymark.gate_reached_together owner to waymark_gate;
revoke all on function waymark.gate_reached_together from public;
grant execute on function waymark.gate_reached_together to waymark_app;
comment on function waymark.gate_reached_together is
  'in a transaction of the force: its people who are reached on a number on which somebody of this case is; whoever holds that phone can '
  'sign for all of them';
