-- Handing over what waits for a force's own system: called by an adapter, or fetched. Leases are the database's own clock, waiting
-- after a failure is the caller's machine clock, everything else is case time.
alter table waymark.outbound_parcel
  drop constraint outbound_parcel_state_check,
  add column number bigint generated always as identity,
  add column replaces boolean not null default false,
  add column late_at timestamptz,
  add column aside boolean not null default false,
  add column attempts int not null default 0,
  add column retry_at timestamptz,
  add column lease uuid,
  add column lease_until timestamptz,
  add column why text check (why ~ '^[a-z0-9_]{1,40}$'),
  add column items int not null default 0,
  add column settled_at timestamptz,
  add column reference bytea,
  add constraint outbound_parcel_state_check check (state in ('waiting', 'refused', 'acknowledged', 'handled', 'superseded'));
comment on column waymark.outbound_parcel.state is 'acknowledged only when the other side has said that it has it; handled: staff have '
  'put it there themselves; superseded: the other side has a later one that says all of it anew';
comment on column waymark.outbound_parcel.number is 'the order in which they were put; ids of two instances may not have it';
comment on column waymark.outbound_parcel.replaces is 'says everything anew: an earlier one of the same type, case and person is void once this has arrived';
comment on column waymark.outbound_parcel.late_at is 'case time from which staff should know that it still waits; null once they do, or while nobody takes it';
comment on column waymark.outbound_parcel.aside is 'the force has no system that takes anything: what waits is late only once one is connected';
comment on column waymark.outbound_parcel.attempts is 'how often it was called in vain since it last waited anew';
comment on column waymark.outbound_parcel.retry_at is 'machine time: not before, after a failure';
comment on column waymark.outbound_parcel.lease is 'who calls now; whoever comes back with another lease may only say that it arrived';
comment on column waymark.outbound_parcel.lease_until is 'clock_timestamp() at which another instance may take it up';
comment on column waymark.outbound_parcel.why is 'what the last call in vain came to, or why it was refused: a short code';
comment on column waymark.outbound_parcel.items is 'how many items of the work queue it has had: the last one''s key ends in it';
comment on column waymark.outbound_parcel.settled_at is 'case time at which it stopped waiting';
comment on column waymark.outbound_parcel.reference is 'sealed: what the other side calls it';

create index outbound_parcel_waiting on waymark.outbound_parcel (force_id, number) where state = 'waiting';
comment on index waymark.outbound_parcel_waiting is 'what a force''s system fetches, and what is called next';
create index outbound_parcel_late on waymark.outbound_parcel (late_at) where state = 'waiting';
comment on index waymark.outbound_parcel_late is 'what staff should know of, looked for again and again: what nobody takes has no such time';
create index outbound_parcel_taken on waymark.outbound_parcel (force_id, created_at) where state = 'waiting' and not aside;
comment on index waymark.outbound_parcel_taken is 'what somebody should have taken, or is yet to be put aside';
create index outbound_parcel_aside on waymark.outbound_parcel (force_id) where state = 'waiting' and aside;
comment on index waymark.outbound_parcel_aside is 'what waits until a system of the force is connected';
create index outbound_parcel_lane on waymark.outbound_parcel (case_id, number) where state in ('waiting', 'refused');
comment on index waymark.outbound_parcel_lane is 'whether something of the same kind or subject goes before it';
create index outbound_parcel_subject on waymark.outbound_parcel (subject_id);
comment on index waymark.outbound_parcel_subject is 'whether all that was put about something has arrived';
create index outbound_parcel_open on waymark.outbound_parcel (state, created_at) where state in ('waiting', 'refused');
comment on index waymark.outbound_parcel_open is 'for figures: how many, and since when';
create index outbound_parcel_words on waymark.outbound_parcel (settled_at)
  where data is not null and state in ('acknowledged', 'handled', 'superseded');
comment on index waymark.outbound_parcel_words is 'whose words may go';

create table waymark.outbound_reader (
  force_id uuid primary key references waymark.force,
  read_at timestamptz not null
);
comment on table waymark.outbound_reader is 'Forces whose system fetches what waits for it: only who has begun to can be late with it.';
comment on column waymark.outbound_reader.read_at is 'case time of the last time, to the minute';
alter table waymark.outbound_reader enable row level security;
alter table waymark.outbound_reader force row level security;
create policy own_force on waymark.outbound_reader to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
create policy gate_reads on waymark.outbound_reader for select to waymark_gate using (true);
grant select, insert, update on waymark.outbound_reader to waymark_app;
grant select on waymark.outbound_reader to waymark_gate;

drop function waymark.put_outbound(uuid, uuid, text, uuid, uuid, uuid, text, bytea, timestamptz);
create function waymark.put_outbound(p_id uuid, p_force uuid, p_type text, p_case uuid, p_person uuid, p_subject uuid,
    p_key text, p_data bytea, p_replaces boolean, p_now timestamptz, p_late timestamptz) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if waymark.ctx_kind() = 'person' then
    if p_person is null or not p_person = any (waymark.ctx_persons())
        or not exists (select 1 from waymark.person p where p.id = p_person and p.force_id = p_force) then
      raise exception 'not a person of this account' using errcode = 'insufficient_privilege';
    end if;
  elsif waymark.ctx_force() is distinct from p_force then
    raise exception 'not this force' using errcode = 'insufficient_privilege';
  end if;
  if not exists (select 1 from waymark.case_file f where f.id = p_case and f.force_id = p_force) then
    raise exception 'not a case of this force' using errcode = 'insufficient_privilege';
  end if;
  insert into waymark.outbound_parcel (id, force_id, type, case_id, person_id, subject_id, dedupe_key, data, replaces, created_at,
                                       late_at)
  values (p_id, p_force, p_type, p_case, p_person, p_subject, p_key, p_data, p_replaces, p_now, p_late)
  on conflict (force_id, dedupe_key) do nothing;
  return found;
end $$;
comment on function waymark.put_outbound is
  'puts something out for the force''s system, in the transaction that makes it; false where it was put before';

create function waymark.gate_claim_parcels(p_kinds text[], p_now timestamptz, p_lease uuid, p_seconds int, p_most int)
  returns table (id uuid, force_id uuid)
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update waymark.outbound_parcel p set lease = p_lease, lease_until = clock_timestamp() + make_interval(secs => p_seconds)
   where p.id in (
     select ranked.id
       from (select d.id, d.number, row_number() over (partition by a.id order by d.number) as turn
               from waymark.adapter a
              cross join lateral (
                select q.id, q.number from waymark.outbound_parcel q
                 where q.force_id = a.force_id and q.state = 'waiting' and (q.retry_at is null or q.retry_at <= p_now)
                   and (q.lease_until is null or q.lease_until < clock_timestamp())
                   and not exists (
                     select 1 from waymark.outbound_parcel e
                      where e.case_id = q.case_id and e.state = 'waiting' and e.id <> q.id
                        and (e.number < q.number or e.lease_until >= clock_timestamp())
                        and (e.subject_id = q.subject_id or e.type = q.type and e.person_id is not distinct from q.person_id))
                 order by q.number limit p_most for update of q skip locked) d
              where a.enabled and a.kind = any (p_kinds) and (a.paused_until is null or a.paused_until <= p_now)) ranked
      order by ranked.turn, ranked.number limit p_most)
  returning p.id, p.force_id
$$;
comment on function waymark.gate_claim_parcels is
  'takes what is to be handed over, of all forces in turn, for one worker: what another is taking is passed over, what nobody brought '
  'back comes again; of one kind about one person in a case, and about one subject, only the first that waits, and one at a time';

create function waymark.gate_parcel_backlog() returns table (waiting bigint, oldest timestamptz, refused bigint, oldest_taken timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*) filter (where p.state = 'waiting'), min(p.created_at) filter (where p.state = 'waiting'),
         count(*) filter (where p.state = 'refused'), min(p.created_at) filter (where p.state = 'waiting' and not p.aside)
    from waymark.outbound_parcel p where p.state in ('waiting', 'refused')
$$;
comment on function waymark.gate_parcel_backlog() is
  'for figures: what forces'' systems do not have yet, since when, also of those alone that are connected, and what they refused';

create function waymark.gate_put_parcels_aside(p_kinds text[], p_always text[], p_late timestamptz) returns int
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare begun int;
begin
  update waymark.outbound_parcel p set aside = true, late_at = case when p.type = any (p_always) then p.late_at end
   where p.id in (
     select q.id from waymark.outbound_parcel q
      where q.state = 'waiting' and not q.aside
        and not exists (select 1 from waymark.outbound_reader r where r.force_id = q.force_id)
        and not exists (select 1 from waymark.adapter a where a.force_id = q.force_id and a.enabled and a.kind = any (p_kinds))
        for update of q skip locked);
  update waymark.outbound_parcel p set aside = false, late_at = case when p.type = any (p_always) then p.late_at else p_late end
   where p.id in (
     select q.id from waymark.outbound_parcel q
      where q.state = 'waiting' and q.aside
        and q.force_id in (select r.force_id from waymark.outbound_reader r
                           union select a.force_id from waymark.adapter a where a.enabled and a.kind = any (p_kinds))
        for update of q skip locked);
  get diagnostics begun = row_count;
  return begun;
end $$;
comment on function waymark.gate_put_parcels_aside(text[], text[], timestamptz) is
  'of a force whose system neither is called nor fetches nothing is late but what always is; once it does, the time of what has '
  'waited until then begins anew, so that connecting a system makes no work out of a year';

create function waymark.gate_late_parcels(p_case_now timestamptz, p_most int) returns table (id uuid, force_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id, p.force_id from waymark.outbound_parcel p
   where p.state = 'waiting' and p.late_at <= p_case_now order by p.late_at limit p_most
$$;
comment on function waymark.gate_late_parcels(timestamptz, int) is 'what has waited for too long';

create function waymark.gate_next_late_parcel(p_case_now timestamptz) returns timestamptz
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select min(p.late_at) from waymark.outbound_parcel p where p.state = 'waiting' and p.late_at > p_case_now
$$;
comment on function waymark.gate_next_late_parcel(timestamptz) is 'the next case time at which something has waited for too long';

create function waymark.gate_wipe_parcels(p_before timestamptz, p_most int) returns int
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare gone int;
begin
  update waymark.outbound_parcel p set data = null
   where p.id in (select q.id from waymark.outbound_parcel q
                   where q.state in ('acknowledged', 'handled', 'superseded') and q.data is not null and q.settled_at < p_before
                   order by q.settled_at limit p_most for update skip locked);
  get diagnostics gone = row_count;
  return gone;
end $$;
comment on function waymark.gate_wipe_parcels(timestamptz, int) is 'takes the words away of what has arrived; that it has stays';

do $$
declare f regprocedure;
begin
  for f in
    select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'waymark' and p.proname in ('put_outbound', 'gate_claim_parcels', 'gate_parcel_backlog', 'gate_late_parcels',
                                                   'gate_next_late_parcel', 'gate_wipe_parcels', 'gate_put_parcels_aside')
  loop
    execute format('alter function %s owner to waymark_gate', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to waymark_app', f);
  end loop;
end $$;
