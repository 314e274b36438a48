-- A PIN is the account's: who resets it for one of its people resets it for all. The flag of any of them counts, of whatever
-- force, and the unit of each hears that a code was read out.
create function waymark.gate_flagged_together(p_person uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from waymark.account_person l
                  where l.person_id = p_person and l.ended_at is null and l.force_id = waymark.ctx_force()
                    and waymark.ctx_kind() = 'staff' and waymark.account_flagged(l.account_id))
$$;
comment on function waymark.gate_flagged_together(uuid) is
  'for staff of a force''s own person: somebody on the same account is in a case with a safety flag';

create function waymark.gate_code_read_out(p_code uuid, p_items uuid[], p_reason text, p_due timestamptz, p_case_now timestamptz)
  returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into waymark.work_item (id, force_id, kind, dedupe_key, person_id, reason, due_at, created_at)
  select p_items[o.place], o.force_id, 'code_read_out', 'code_read_out:' || p_code || ':' || o.id, o.id, p_reason, p_due, p_case_now
    from (select p.id, p.force_id, row_number() over (order by p.id) as place
            from waymark.spoken_code s
            join waymark.account_person l on l.account_id = s.account_id and l.ended_at is null and l.person_id <> s.person_id
            join waymark.person p on p.id = l.person_id and not p.deceased and p.merged_into is null
           where s.id = p_code and s.force_id = waymark.ctx_force() and waymark.ctx_kind() = 'staff') o
   where o.place <= cardinality(p_items)
  on conflict do nothing
$$;
comment on function waymark.gate_code_read_out is 'the units of the other people on the account of a code hear of it, each of its own';
create policy gate_opens_code_read_out on waymark.work_item for insert to waymark_gate with check (kind = 'code_read_out');

do $$
declare f regprocedure;
begin
  for f in
    select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'waymark' and p.proname in ('gate_flagged_together', 'gate_code_read_out')
  loop
    execute format('alter function %s owner to waymark_gate', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to waymark_app', f);
  end loop;
end $$;
