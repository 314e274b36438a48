-- One call stops everything.
create table waymark.contact_pause (
  person_id uuid primary key references waymark.person,
  force_id uuid not null references waymark.force,
  paused_at timestamptz not null
);
comment on table waymark.contact_pause is 'Who has stopped everything: while a row is here nothing is sent to the person.';
comment on column waymark.contact_pause.paused_at is 'case time';

alter table waymark.contact_pause enable row level security;
alter table waymark.contact_pause force row level security;
create policy own_force on waymark.contact_pause to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
create policy own_choice on waymark.contact_pause for select to waymark_app
  using (person_id = any ((select waymark.ctx_persons())::uuid[]));
create policy gate on waymark.contact_pause to waymark_gate using (true) with check (true);
grant select, insert on waymark.contact_pause to waymark_app;
grant select, insert, delete on waymark.contact_pause to waymark_gate;

create function waymark.gate_pause(p_paused boolean, p_items uuid[], p_now timestamptz, p_due timestamptz,
    p_due_flagged timestamptz) returns table (force_id uuid, person_id uuid)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare v_changed uuid[];
begin
  if waymark.ctx_kind() is distinct from 'person' then
    raise exception 'only a person pauses' using errcode = 'insufficient_privilege';
  end if;
  if p_paused then
    with added as (
      insert into waymark.contact_pause (person_id, force_id, paused_at)
      select p.id, p.force_id, p_now from waymark.person p where p.id = any (waymark.ctx_persons()) order by p.id
      on conflict do nothing returning person_id)
    select array_agg(a.person_id) into v_changed from added a;
  else
    with gone as (
      delete from waymark.contact_pause c where c.person_id = any (waymark.ctx_persons()) returning c.person_id)
    select array_agg(g.person_id) into v_changed from gone g;
  end if;
  insert into waymark.work_item (id, force_id, kind, dedupe_key, person_id, reason, due_at, created_at)
  select n.item, p.force_id, 'paused', 'paused:' || n.item, p.id,
         case when p_paused then 'paused' else 'started_again' end,
         case when p.safety then p_due_flagged else p_due end, p_now
    from waymark.person p join unnest(waymark.ctx_persons(), p_items) as n(person, item) on n.person = p.id
   where p.id = any (v_changed);
  return query select p.force_id, p.id from waymark.person p where p.id = any (v_changed) order by p.id;
end $$;
comment on function waymark.gate_pause is
  'everything stops for every person of the account, or starts again; the unit of each is told, once. p_items: an id for each of '
  'the persons. Answers those for whom it has changed something';

create function waymark.gate_paused(p_persons uuid[]) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct asked.id
    from waymark.person asked
    left join waymark.account_person link on link.person_id = asked.id and link.ended_at is null
    left join waymark.account_person beside on beside.account_id = link.account_id and beside.ended_at is null
    join waymark.contact_pause s on s.person_id in (asked.id, beside.person_id)
   where asked.id = any (p_persons)
     and (asked.force_id = waymark.ctx_force() and waymark.ctx_kind() in ('worker', 'system', 'staff')
          or asked.id = any (waymark.ctx_persons()) and waymark.ctx_kind() = 'person')
$$;
comment on function waymark.gate_paused is
  'which of these persons, of a force''s own or of a person''s own account, must not be told anything: they have stopped '
  'everything, or somebody else on their account has';

-- An account may hold persons of several forces: the strictest of them holds for all, and no force learns whose it is.
create function waymark.gate_account_choices(p_persons uuid[])
  returns table (person_id uuid, account_id uuid, number bytea, safety boolean, unsafe_number boolean,
                 unsafe text[], unknown text[], unsafe_addresses bytea[])
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    select asked.id, a.id, a.number, bool_or(other.safety),
           bool_or(other.mobile_safe = 'unsafe' and other.id <> asked.id),
           array(select distinct ch.channel from waymark.contact_channel ch
                  where ch.person_id = any (array_agg(other.id)) and ch.person_id <> asked.id
                    and ch.safety = 'unsafe' and ch.said_by is not null and ch.address is null),
           array(select distinct ch.channel from waymark.contact_channel ch
                  where ch.person_id = any (array_agg(other.id)) and ch.person_id <> asked.id
                    and ch.safety = 'unknown' and ch.said_by is not null and ch.address is null),
           array(select u.address_key from waymark.unsafe_address u where u.person_id = any (array_agg(other.id)))
      from waymark.person asked
      join waymark.account_person link on link.person_id = asked.id and link.ended_at is null
      join waymark.account a on a.id = link.account_id and a.retired_at is null
      join waymark.account_person beside on beside.account_id = a.id and beside.ended_at is null
      join waymark.person other on other.id = beside.person_id
     where asked.id = any (p_persons)
       and (asked.force_id = waymark.ctx_force() and waymark.ctx_kind() in ('worker', 'system', 'staff')
            or asked.id = any (waymark.ctx_persons()) and waymark.ctx_kind() = 'person')
     group by asked.id, a.id, a.number
  $$;
comment on function waymark.gate_account_choices is
  'The number of each person''s account, and the strictest that is known of it and chosen on it: for a force''s own persons, and '
  'for a person''s own account. unsafe and unknown: what was said so of the app, texts and calls for somebody else on it';
