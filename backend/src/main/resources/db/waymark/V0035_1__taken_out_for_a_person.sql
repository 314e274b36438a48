-- What a person asked to take with them, and must not download, staff take out for them. They see what that one person sees:
-- for as long as they have the person's own wish in hand, and with nothing that could be changed.
create policy gate_reads_export_wanted on waymark.work_item for select to waymark_gate using (kind = 'export_wanted');
grant select (id, claimed_by) on waymark.work_item to waymark_gate;

create function waymark.enter_for_person(p_person uuid, p_item uuid) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_force uuid := waymark.ctx_force();
  v_subject text := waymark.ctx_subject();
  v_at timestamptz := waymark.ctx_at();
  v_may boolean := waymark.ctx_kind() = 'staff' and waymark.ctx_supervises();
  v_language text;
  v_account text;
begin
  perform waymark.leave();
  if v_may is not true then
    return 'not_theirs';
  end if;
  select coalesce(p.chosen_language, p.language) into v_language
    from waymark.person p join waymark.work_item i on i.person_id = p.id and i.force_id = p.force_id
   where p.id = p_person and p.force_id = v_force and p.merged_into is null and not p.deceased
     and i.id = p_item and i.kind = 'export_wanted' and i.completed_at is null and i.claimed_by = left(v_subject, 100);
  if not found then
    return 'not_asked_for';
  end if;
  -- by name, and not by breaking the glass: nothing here is so urgent
  if exists (select 1 from waymark.participant t join waymark.case_file f on f.id = t.case_id
              where t.person_id = p_person and not t.removed and f.restricted
                and not exists (select 1 from waymark.case_access a
                                 where a.case_id = f.id and a.force_id = v_force and a.subject = v_subject and a.how = 'named'
                                   and a.ended_at is null and (a.ends_at is null or a.ends_at > v_at))) then
    return 'restricted';
  end if;
  -- where somebody else is on the account, its devices are not for this file
  select l.account_id::text into v_account
    from waymark.account_person l join waymark.account a on a.id = l.account_id
   where l.person_id = p_person and l.ended_at is null and a.retired_at is null
     and not exists (select 1 from waymark.account_person o
                      where o.account_id = l.account_id and o.person_id <> p_person and o.ended_at is null);
  perform set_config('waymark.kind', 'person', true), set_config('waymark.account', coalesce(v_account, ''), true),
          set_config('waymark.persons', array[p_person]::text, true), set_config('waymark.language', v_language, true),
          set_config('transaction_read_only', 'on', true);
  return 'entered';
end $$;
comment on function waymark.enter_for_person(uuid, uuid) is
  'in a transaction of a supervisor: goes on, reading only, as the person whose wish to take their information with them this '
  'supervisor has claimed; entered, not_theirs, not_asked_for or restricted';
alter function waymark.enter_for_person(uuid, uuid) owner to waymark_gate;
revoke all on function waymark.enter_for_person(uuid, uuid) from public;
grant execute on function waymark.enter_for_person(uuid, uuid) to waymark_app;
