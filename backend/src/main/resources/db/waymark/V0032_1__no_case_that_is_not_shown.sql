-- Who looked is a person's to know; of which case, only where the case is theirs to see.
create or replace function waymark.gate_access_log(p_before bigint, p_limit int)
  returns table (id bigint, at timestamptz, force_en text, force_cy text, caller text, action text, case_id uuid, roles text,
                 unit_en text, unit_cy text, name_id uuid, name bytea)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select l.id, l.at, f.name_en, f.name_cy, l.caller, l.action,
         case when exists (select 1 from waymark.participant p join waymark.case_file cf on cf.id = p.case_id
                            where p.case_id = l.case_id and p.person_id = any (waymark.ctx_persons())
                              and not p.removed and not p.quiet and cf.recorded and cf.on_phones)
              then l.case_id end,
         l.roles, coalesce(u.name_en, l.unit), coalesce(u.name_cy, l.unit), s.id, s.name
    from waymark.audit_log l
    left join waymark.force f on f.id = l.force_id
    left join waymark.unit u on u.force_id = l.force_id and u.code = l.unit
    left join waymark.staff_name s on s.force_id = l.force_id and s.caller = l.caller and f.staff_names_shown
   where l.person_id = any (waymark.ctx_persons()) and (p_before is null or l.id < p_before)
   order by l.id desc limit p_limit
$$;
