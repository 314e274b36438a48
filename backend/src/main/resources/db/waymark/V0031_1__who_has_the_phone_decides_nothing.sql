-- What was begun on a device that has been thrown out comes to nothing, and what was begun on one that signed out waits for
-- staff: a change outlived the person's own way of stopping it.
alter table waymark.contact_change drop constraint contact_change_end_reason_check;
alter table waymark.contact_change add constraint contact_change_end_reason_check
  check (end_reason in ('cancelled', 'replaced', 'expired', 'refused', 'account_ended', 'device_removed'));

create function waymark.change_cast_off(p_session uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from waymark.device_session d
                  where d.id = p_session and d.ended_at is not null
                    and d.end_reason in ('removed', 'pin_reset', 'number_changed'))
$$;
comment on function waymark.change_cast_off(uuid) is
  'the device was taken off the account: one by one, with all others, by a reset of the PIN or when the number moved';

-- staff decide only for whom they may know of: in a restricted case, who is named
create or replace function waymark.contact_change_asked(p_change uuid) returns waymark.contact_change
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select c from waymark.contact_change c
   where c.id = p_change
     and case waymark.ctx_kind()
           when 'person' then c.session_id = waymark.ctx_session()
           when 'staff' then exists (select 1 from waymark.account_person l
                                      where l.account_id = c.account_id and l.ended_at is null
                                        and l.force_id = waymark.ctx_force() and waymark.person_open(l.person_id))
           else waymark.ctx_kind() in ('nobody', 'worker')
         end
$$;

drop function waymark.gate_change(uuid);
create function waymark.gate_change(p_change uuid)
  returns table (account_id uuid, session_id uuid, kind text, destination bytea, decided boolean, released boolean,
                 expires_at timestamptz, confirmed boolean, over boolean, suspects boolean, unsafe boolean, language text, begun_here boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with asked as (
    select (waymark.contact_change_asked(p_change)).*
  ), concerned as (
    select p.* from asked join waymark.account_person l on l.account_id = asked.account_id and l.ended_at is null
      join waymark.person p on p.id = l.person_id where not p.deceased and p.merged_into is null
  )
  select c.account_id, c.session_id, c.kind, c.destination, c.decided_at is not null, c.released, c.expires_at,
         c.confirmed_at is not null, c.done_at is not null or c.ended_at is not null or waymark.change_cast_off(c.session_id),
         exists (select 1 from concerned n join waymark.participant pa on pa.person_id = n.id
                   join waymark.suspect_number s on s.case_id = pa.case_id where s.number_key = any (c.destination_keys)),
         exists (select 1 from concerned n where n.mobile_safe = 'unsafe' and n.mobile_key = any (c.destination_keys)),
         coalesce((select case when min(coalesce(n.chosen_language, n.language)) = max(coalesce(n.chosen_language, n.language))
                               then min(coalesce(n.chosen_language, n.language)) end from concerned n), 'en'),
         exists (select 1 from waymark.device_session d where d.id = c.session_id and d.ended_at is null)
    from asked c where c.id is not null
$$;
comment on function waymark.gate_change(uuid) is
  'a change for whoever may ask about it. suspects: the number is held for a suspect of one of the account''s cases; unsafe: a force '
  'says so of it';


create or replace function waymark.gate_clean_up_changes(p_now timestamptz, p_case_now timestamptz) returns int
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare v_gone int;
begin
  update waymark.contact_change c
     set ended_at = p_case_now, end_reason = 'device_removed', destination = null, code_mac = null, due_at = null
   where c.done_at is null and c.ended_at is null and waymark.change_cast_off(c.session_id);
  update waymark.contact_change set ended_at = p_case_now, end_reason = 'expired', destination = null, code_mac = null
   where confirmed_at is null and ended_at is null and expires_at <= p_now;
  get diagnostics v_gone = row_count;
  return v_gone;
end $$;
comment on function waymark.gate_clean_up_changes(timestamptz, timestamptz) is
  'ends what nobody confirmed in time or whose device was taken off, and wipes where it would have gone';
create index contact_change_open on waymark.contact_change (session_id) where done_at is null and ended_at is null;
comment on index waymark.contact_change_open is 'what is not over, to end it with its device';

do $$
declare f regprocedure; t text;
begin
  foreach f in array array['waymark.change_cast_off(uuid)', 'waymark.gate_change(uuid)']::regprocedure[] loop
    execute format('alter function %s owner to waymark_gate', f);
    execute format('revoke all on function %s from public', f);
  end loop;
  grant execute on function waymark.gate_change(uuid) to waymark_app;
  -- as of the person itself: staff who are not named for the case read nothing about how the person is reached
  foreach t in array array['contact_choice', 'contact_version', 'contact_pause', 'contact_channel', 'unsafe_address',
                           'spoken_code'] loop
    execute format('create policy named_only on waymark.%I as restrictive to waymark_app
                      using ((select waymark.ctx_kind()) is distinct from ''staff'' or waymark.person_open(person_id))
                      with check (true)', t);
  end loop;
  create policy named_only on waymark.in_person as restrictive to waymark_app
    using ((select waymark.ctx_kind()) is distinct from 'staff' or waymark.case_open(case_id)) with check (true);
end $$;
