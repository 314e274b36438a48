-- A phone that several people share is judged by all of them, whether they sign in together or each for themselves: the
-- strictest holds. As before, of accounts that have one number and not of one account only.
create or replace function waymark.gate_delivery(p_persons uuid[])
  returns table (person_id uuid, account_id uuid, number bytea, safety boolean, discreet boolean, unsafe boolean,
                 suspect boolean, number_held boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    select asked.id, a.id, a.number, bool_or(other.safety), bool_or(other.chosen_discreet is true or other.safety),
           bool_or(other.mobile_safe = 'unsafe' and other.id <> asked.id),
           bool_or(exists (select 1 from waymark.participant pa join waymark.suspect_number s on s.case_id = pa.case_id
                            where pa.person_id = other.id and not pa.removed and s.number_key = a.number_key)),
           link.number_held
      from waymark.person asked
      join waymark.account_person link on link.person_id = asked.id and link.ended_at is null
      join waymark.account a on a.id = link.account_id and a.retired_at is null
      join waymark.account near on near.line_id = a.line_id and near.retired_at is null
      join waymark.account_person beside on beside.account_id = near.id and beside.ended_at is null
      join waymark.person other on other.id = beside.person_id
     where asked.id = any (p_persons) and asked.force_id = waymark.ctx_force()
       and waymark.ctx_kind() in ('worker', 'system')
     group by asked.id, a.id, a.number, link.number_held
  $$;
comment on function waymark.gate_delivery(uuid[]) is
  'For a worker''s or system''s own force: the verified number of each person''s account, and the strictest of all who share the '
  'number. unsafe: somebody else holds a number there that must not be used; suspect: it is held for a suspect of one of them; '
  'number_held: it was the force''s number when the person signed up.';

create or replace function waymark.gate_paused(p_persons uuid[]) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select asked.id from waymark.person asked join waymark.contact_pause s on s.person_id = asked.id
   where asked.id = any (p_persons)
     and (asked.force_id = waymark.ctx_force() and waymark.ctx_kind() in ('worker', 'system', 'staff')
          or asked.id = any (waymark.ctx_persons()) and waymark.ctx_kind() = 'person')
  union
  select asked.id
    from waymark.person asked
    join waymark.account_person link on link.person_id = asked.id and link.ended_at is null
    join waymark.account a on a.id = link.account_id
    -- a person reads what they have stopped themselves, not what somebody else with the number has
    join waymark.account near on near.line_id = a.line_id and near.retired_at is null
                             and (near.id = a.id or waymark.ctx_kind() is distinct from 'person')
    join waymark.account_person beside on beside.account_id = near.id and beside.ended_at is null
    join waymark.contact_pause s on s.person_id = beside.person_id
   where asked.id = any (p_persons)
     and (asked.force_id = waymark.ctx_force() and waymark.ctx_kind() in ('worker', 'system', 'staff')
          or asked.id = any (waymark.ctx_persons()) and waymark.ctx_kind() = 'person')
$$;
comment on function waymark.gate_paused is
  'which of these persons must not be told anything: they have stopped everything, or somebody else on their number has; asked by a '
  'person, of their own account alone';

create or replace function waymark.gate_account_choices(p_persons uuid[])
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
      join waymark.account near on near.line_id = a.line_id and near.retired_at is null
                               and (near.id = a.id or waymark.ctx_kind() is distinct from 'person')
      join waymark.account_person beside on beside.account_id = near.id and beside.ended_at is null
      join waymark.person other on other.id = beside.person_id
     where asked.id = any (p_persons)
       and (asked.force_id = waymark.ctx_force() and waymark.ctx_kind() in ('worker', 'system', 'staff')
            or asked.id = any (waymark.ctx_persons()) and waymark.ctx_kind() = 'person')
     group by asked.id, a.id, a.number
  $$;
comment on function waymark.gate_account_choices is
  'The number of each person''s account, and the strictest that is known of it and chosen by anybody who is reached on it: for a '
  'force''s own persons. For a person, of their own account alone: what somebody else with the number has said is not read back. '
  'unsafe and unknown: what was said so of the app, texts and calls for somebody else';

create or replace function waymark.gate_choices_beside(p_persons uuid[])
  returns table (asked_id uuid, person_id uuid, choices bytea)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    select asked.id, other.id, ch.choices
      from waymark.person asked
      join waymark.account_person link on link.person_id = asked.id and link.ended_at is null
      join waymark.account a on a.id = link.account_id and a.retired_at is null
      join waymark.account near on near.line_id = a.line_id and near.retired_at is null
      join waymark.account_person beside on beside.account_id = near.id and beside.ended_at is null
      join waymark.person other on other.id = beside.person_id and other.id <> asked.id
                               and not other.deceased and other.merged_into is null
      join waymark.contact_choice ch on ch.person_id = other.id
     where asked.id = any (p_persons) and asked.force_id = waymark.ctx_force()
       and waymark.ctx_kind() in ('worker', 'system')
  $$;
comment on function waymark.gate_choices_beside(uuid[]) is
  'for a worker''s or system''s own force: what others with the number of these persons have chosen, sealed, of whatever force; '
  'only their hours count';

create or replace function waymark.gate_held_for_suspects(p_persons uuid[], p_keys bytea[]) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct asked.id
    from unnest(p_persons, p_keys) as q(person, key)
    join waymark.person asked on asked.id = q.person and asked.force_id = waymark.ctx_force()
    join waymark.account_person link on link.person_id = asked.id and link.ended_at is null
    join waymark.account a on a.id = link.account_id
    join waymark.account near on near.line_id = a.line_id
    join waymark.account_person beside on beside.account_id = near.id and beside.ended_at is null
    join waymark.participant pa on pa.person_id = beside.person_id and not pa.removed
    join waymark.suspect_number s on s.case_id = pa.case_id and s.number_key = q.key
   where waymark.ctx_kind() in ('worker', 'system', 'staff')
$$;
comment on function waymark.gate_held_for_suspects(uuid[], bytea[]) is
  'for a force''s own persons, each with keyed hashes of the number they would be written to on: those for whom it is held for a '
  'suspect of anybody who shares the number, of whatever force';

create or replace function waymark.gate_by_all_keys(p_persons uuid[], p_number_keys bytea[])
  returns table (person_id uuid, stopped boolean, suspect boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with asked as (
    select p.id, p.force_id, n.number_key, own.line_id
      from unnest(p_persons, p_number_keys) as n(person, number_key)
      join waymark.person p on p.id = n.person
      left join waymark.account_person link on link.person_id = p.id and link.ended_at is null
      left join waymark.account own on own.id = link.account_id
     where p.force_id = waymark.ctx_force() and waymark.ctx_kind() in ('worker', 'system')
  )
  select asked.id,
         bool_or(exists (select 1 from waymark.person other
                          where other.mobile_key = asked.number_key and other.force_id = asked.force_id
                            and other.texts_stopped_at is not null and other.merged_into is null and not other.deceased)
                 or exists (select 1 from waymark.account a
                              join waymark.account_person l on l.account_id = a.id and l.ended_at is null
                              join waymark.person other on other.id = l.person_id and other.force_id = asked.force_id
                             where a.number_key = asked.number_key and a.retired_at is null
                               and other.texts_stopped_at is not null and other.merged_into is null and not other.deceased)),
         bool_or(exists (select 1 from waymark.account near
                           join waymark.account_person beside on beside.account_id = near.id and beside.ended_at is null
                           join waymark.participant pa on pa.person_id = beside.person_id and not pa.removed
                           join waymark.suspect_number s on s.case_id = pa.case_id and not s.taken_back
                          where near.line_id = asked.line_id and s.number_key = asked.number_key))
    from asked group by asked.id
$$;
comment on function waymark.gate_by_all_keys(uuid[], bytea[]) is
  'For a worker''s or system''s own force: of each person with each keyed hash of the number that they would be written to on, whether '
  'somebody of the force texted STOP from it, and whether it is held for a suspect of anybody who shares the number.';

comment on function waymark.gate_flagged_together(uuid) is
  'for staff of a force''s own person: somebody with the same number is in a case with a safety flag';
