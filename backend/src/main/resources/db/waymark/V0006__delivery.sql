-- What is asked at the moment of sending, and when somebody answers.
alter table waymark.person add column texts_stopped_at timestamptz;
comment on column waymark.person.texts_stopped_at is
  'case time at which the person texted STOP; null when texts are wanted. One-time codes go out all the same.';

-- An account may hold persons of several forces; one force must not see the others, but the strictest setting among them
-- holds for all. So these functions say how strict to be, and never who or which force is the reason.
create function waymark.gate_delivery(p_persons uuid[])
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
      join waymark.account_person beside on beside.account_id = a.id and beside.ended_at is null
      join waymark.person other on other.id = beside.person_id
     where asked.id = any (p_persons) and asked.force_id = waymark.ctx_force()
       and waymark.ctx_kind() in ('worker', 'system')
     group by asked.id, a.id, a.number, link.number_held
  $$;
alter function waymark.gate_delivery(uuid[]) owner to waymark_gate;
comment on function waymark.gate_delivery(uuid[]) is
  'For a worker''s or system''s own force: the verified number of each person''s account, and the strictest of all who share it. '
  'unsafe: somebody else on it holds a number that must not be used; suspect: it is held for a suspect of one of them; '
  'number_held: it was the force''s number when the person signed up.';

create function waymark.gate_reply_from(p_number_keys bytea[])
  returns table (person_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    select p.id
      from waymark.account a
      join waymark.account_person link on link.account_id = a.id and link.ended_at is null
      join waymark.person p on p.id = link.person_id
     where a.number_key = any (p_number_keys) and a.retired_at is null
       and p.force_id = waymark.ctx_force() and waymark.ctx_kind() = 'worker'
  $$;
alter function waymark.gate_reply_from(bytea[]) owner to waymark_gate;
comment on function waymark.gate_reply_from(bytea[]) is
  'Whose account of a worker''s own force holds this number, by keyed hash: an inbound text finds its person';
