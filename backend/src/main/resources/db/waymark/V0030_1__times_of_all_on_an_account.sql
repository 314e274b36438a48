-- A phone that several persons share lights up only at hours that are safe for each of them, whichever force each is of.
create function waymark.gate_choices_beside(p_persons uuid[])
  returns table (asked_id uuid, person_id uuid, choices bytea)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    select asked.id, other.id, ch.choices
      from waymark.person asked
      join waymark.account_person link on link.person_id = asked.id and link.ended_at is null
      join waymark.account a on a.id = link.account_id and a.retired_at is null
      join waymark.account_person beside on beside.account_id = a.id and beside.ended_at is null
      join waymark.person other on other.id = beside.person_id and other.id <> asked.id
                               and not other.deceased and other.merged_into is null
      join waymark.contact_choice ch on ch.person_id = other.id
     where asked.id = any (p_persons) and asked.force_id = waymark.ctx_force()
       and waymark.ctx_kind() in ('worker', 'system')
  $$;
alter function waymark.gate_choices_beside(uuid[]) owner to waymark_gate;
revoke all on function waymark.gate_choices_beside(uuid[]) from public;
grant execute on function waymark.gate_choices_beside(uuid[]) to waymark_app;
comment on function waymark.gate_choices_beside(uuid[]) is
  'for a worker''s or system''s own force: what others on the accounts of these persons have chosen, sealed, of whatever force; '
  'only their hours count';
