-- Who texts STOP means the phone, and a force may hold that phone under other persons as well, or hold one later.
create function waymark.gate_stopped(p_persons uuid[]) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    with asked as (
      select p.id, p.force_id, coalesce(a.number_key, p.mobile_key) as number_key
        from waymark.person p
        left join waymark.account_person link on link.person_id = p.id and link.ended_at is null
        left join waymark.account a on a.id = link.account_id and a.retired_at is null
       where p.id = any (p_persons) and p.force_id = waymark.ctx_force() and waymark.ctx_kind() in ('worker', 'system')
    )
    select asked.id from asked
      join waymark.person other on other.mobile_key = asked.number_key and other.force_id = asked.force_id
     where other.texts_stopped_at is not null and other.merged_into is null and not other.deceased
    union
    select asked.id from asked
      join waymark.account a on a.number_key = asked.number_key and a.retired_at is null
      join waymark.account_person link on link.account_id = a.id and link.ended_at is null
      join waymark.person other on other.id = link.person_id and other.force_id = asked.force_id
     where other.texts_stopped_at is not null and other.merged_into is null and not other.deceased
  $$;
alter function waymark.gate_stopped(uuid[]) owner to waymark_gate;
revoke all on function waymark.gate_stopped(uuid[]) from public;
grant execute on function waymark.gate_stopped(uuid[]) to waymark_app;
comment on function waymark.gate_stopped(uuid[]) is
  'For a worker''s or system''s own force: which of these persons would be written to on a number that somebody of the force '
  'has texted STOP from. START from that number clears them all.';
