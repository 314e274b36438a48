-- Whoever is erased leaves no number and no PIN behind on an account that nobody else uses, nor a new number on its way.
create or replace function waymark.gate_end_link(p_person uuid, p_reason text, p_now timestamptz) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_account uuid;
  v_ended boolean;
  v_wiped uuid[];
begin
  update waymark.account_person l set ended_at = p_now, ended_reason = p_reason
   where l.person_id = p_person and l.force_id = waymark.ctx_force() and l.ended_at is null
  returning l.account_id into v_account;
  v_ended := found;
  if v_ended and not exists (select 1 from waymark.account_person l where l.account_id = v_account and l.ended_at is null) then
    update waymark.device_session d set ended_at = p_now, end_reason = p_reason
     where d.account_id = v_account and d.ended_at is null;
  end if;
  if p_reason = 'erased' then
    select array_agg(a.id) into v_wiped
      from waymark.account a
     where a.id in (select l.account_id from waymark.account_person l
                     where l.person_id = p_person and l.force_id = waymark.ctx_force())
       and not exists (select 1 from waymark.account_person l where l.account_id = a.id and l.ended_at is null);
    update waymark.account a
       set retired_at = coalesce(a.retired_at, p_now), number = null, number_key = null, number_key_version = null, pin_hash = null
     where a.id = any (v_wiped);
    delete from waymark.contact_change where account_id = any (v_wiped);
  end if;
  return v_ended;
end $$;
comment on function waymark.gate_end_link(uuid, text, timestamptz) is
  'a force ends the link of its own person; devices are signed out where the account has nobody else, and number and PIN go where '
  'the person is erased';
