-- The narrow functions that act before anyone is known, and the one that enters for a person. Times come from the caller's
-- machine clock (p_now), so that tests can move it; p_case_now is case time, for staff's queue.

create function waymark.enter_person(p_session uuid) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare s record;
begin
  perform waymark.leave();
  select d.account_id, d.last_seen_at into s
    from waymark.device_session d join waymark.account a on a.id = d.account_id
   where d.id = p_session and d.ended_at is null and a.retired_at is null;
  if not found then
    return false;
  end if;
  perform set_config('waymark.kind', 'person', true), set_config('waymark.account', s.account_id::text, true),
          set_config('waymark.session', p_session::text, true),
          set_config('waymark.persons', (
            select coalesce(array_agg(l.person_id order by l.person_id), '{}')::text
              from waymark.account_person l join waymark.person p on p.id = l.person_id
             where l.account_id = s.account_id and l.ended_at is null and not p.deceased and p.merged_into is null), true);
  if s.last_seen_at < clock_timestamp() - interval '5 minutes' then
    update waymark.device_session set last_seen_at = clock_timestamp() where id = p_session;
  end if;
  return true;
end $$;
comment on function waymark.enter_person(uuid) is
  'this transaction acts for a signed-in person; false where the session or its account has ended';

-- not a gate by itself: called by those below
create function waymark.invitation_stands(p_invitation uuid, p_now timestamptz) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (
    select 1 from waymark.invitation i join waymark.person p on p.id = i.person_id
     where i.id = p_invitation and i.taken_up_at is null and i.withdrawn_at is null and i.expires_at > p_now
       and not p.deceased and p.merged_into is null
       and exists (select 1 from waymark.participant pa join waymark.case_file cf on cf.id = pa.case_id
                    where pa.person_id = p.id and not pa.removed and cf.recorded and cf.on_phones)
       and not exists (select 1 from waymark.account_person l where l.person_id = p.id and l.ended_at is null))
$$;
comment on function waymark.invitation_stands(uuid, timestamptz) is
  'open, and its person is alive, takes part in a case on phones and has not signed up';

create function waymark.gate_new_code(p_id uuid, p_number bytea, p_number_key bytea, p_number_keys bytea[], p_code_mac bytea,
    p_invitation uuid, p_session uuid, p_pin bytea, p_now timestamptz, p_expires timestamptz) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into waymark.sign_in_code (id, number, number_key, number_keys, code_mac, invitation_id, session_id, pin,
                                    created_at, expires_at)
  values (p_id, p_number, p_number_key, p_number_keys, p_code_mac, p_invitation, p_session, p_pin, p_now, p_expires)
$$;
comment on function waymark.gate_new_code is 'a code was asked for; nothing of the number is looked up here';

create function waymark.gate_fitting_invitation(p_code_keys bytea[], p_reference_key text, p_now timestamptz) returns uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select i.id from waymark.invitation i
   where i.code_key = any (p_code_keys) and waymark.invitation_stands(i.id, p_now)
     and exists (select 1 from waymark.participant pa join waymark.case_file cf on cf.id = pa.case_id
                  where pa.person_id = i.person_id and not pa.removed and cf.recorded and cf.on_phones
                    and replace(cf.crime_reference_key, '/', '') = p_reference_key)
$$;
comment on function waymark.gate_fitting_invitation is 'the open invitation that code and crime reference fit, or null';

create function waymark.gate_code_facts(p_code uuid, p_now timestamptz)
  returns table (number bytea, pin bytea, account_id uuid, pin_hash bytea, of_account boolean, invited boolean, stands boolean,
                 other_number boolean, suspects boolean, language text, decided boolean, released boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with code as (
    select c.*, a.id as account, i.person_id as invited_person,
           -- an account that nobody is left on guards nothing: its PIN does not keep an invited person out
           case when c.invitation_id is null
                  or exists (select 1 from waymark.account_person l where l.account_id = a.id and l.ended_at is null)
                then a.pin_hash end as account_pin
      from waymark.sign_in_code c
      left join waymark.account a on a.number_key = any (c.number_keys) and a.retired_at is null
      left join waymark.invitation i on i.id = c.invitation_id
     where c.id = p_code and c.expires_at > p_now and c.used_at is null and c.number is not null
  ), concerned as (
    select code.invited_person as person from code where code.invited_person is not null
    union
    select l.person_id from code join waymark.account_person l on l.account_id = code.account and l.ended_at is null
  )
  select code.number, code.pin, code.account, code.account_pin,
         exists (select 1 from waymark.device_session d
                  where d.id = code.session_id and d.account_id = code.account and d.ended_at is null),
         code.invitation_id is not null, coalesce(waymark.invitation_stands(code.invitation_id, p_now), false),
         exists (select 1 from waymark.person p where p.id = code.invited_person and p.mobile_safe = 'safe'
                    and p.mobile_key is not null and p.mobile_key <> all (code.number_keys)),
         exists (select 1 from concerned n join waymark.participant pa on pa.person_id = n.person
                   join waymark.suspect_number s on s.case_id = pa.case_id where s.number_key = any (code.number_keys)),
         coalesce((select case when min(coalesce(p.chosen_language, p.language)) = max(coalesce(p.chosen_language, p.language))
                               then min(coalesce(p.chosen_language, p.language)) end
                     from concerned n join waymark.person p on p.id = n.person), 'en'),
         code.decided_at is not null, code.released
    from code
$$;
comment on function waymark.gate_code_facts(uuid, timestamptz) is
  'what decides, at sending, whether a code goes out; no row where it has run out or was used';

create function waymark.gate_decide_code(p_code uuid, p_released boolean, p_now timestamptz, p_item uuid, p_reason text,
    p_case_now timestamptz, p_due timestamptz) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update waymark.sign_in_code set decided_at = p_now, released = p_released, pin = null
   where id = p_code and decided_at is null;
  if found and p_reason is not null then
    insert into waymark.work_item (id, force_id, kind, dedupe_key, person_id, subject_id, reason, due_at, created_at)
    select p_item, i.force_id, 'activation_other_number', 'activation:' || i.id || ':' || p_reason, i.person_id, i.id, p_reason,
           p_due, p_case_now
      from waymark.sign_in_code c join waymark.invitation i on i.id = c.invitation_id
     where c.id = p_code
    on conflict do nothing;
  end if;
end $$;
comment on function waymark.gate_decide_code is 'notes once whether a code goes out, wipes the PIN that was typed, and tells staff where they must act';

create function waymark.gate_verify_code(p_number_key bytea, p_number_keys bytea[], p_macs bytea[], p_decoy uuid,
    p_now timestamptz) returns table (code_id uuid, invitation_id uuid, account_id uuid, by_account boolean)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare c waymark.sign_in_code;
begin
  select * into c from waymark.sign_in_code s where s.number_key = any (p_number_keys) 
   -- a code that went out is not displaced by one that somebody else asked for without the PIN
   order by (s.released is true and s.used_at is null and s.expires_at > p_now) desc, s.id desc limit 1 for update;
  if not found then
    -- so that a try costs the same whether anybody ever asked for a code to this number or not
    insert into waymark.sign_in_code (id, number_key, number_keys, created_at, expires_at, failures)
    values (p_decoy, p_number_key, p_number_keys, p_now, p_now, 1);
    return;
  end if;
  if c.code_mac is null or not c.code_mac = any (p_macs) or not c.released or c.used_at is not null or c.failures >= 5
      or c.expires_at <= p_now then
    update waymark.sign_in_code s set failures = least(s.failures + 1, 1000) where s.id = c.id;
    return;
  end if;
  update waymark.sign_in_code s set used_at = p_now where s.id = c.id;
  return query
    select c.id, c.invitation_id, a.id,
           exists (select 1 from waymark.device_session d
                    where d.id = c.session_id and d.account_id = a.id and d.ended_at is null)
      from (select 1) one left join waymark.account a on a.number_key = any (c.number_keys) and a.retired_at is null;
end $$;
comment on function waymark.gate_verify_code is
  'the newest code of a number, if this is it: used up at once. No row for wrong, used, expired, never sent and unknown alike';

-- the code has just been used, opened nothing yet, and carries an invitation: nothing else may be asked about
create function waymark.gate_sharing(p_code uuid)
  returns table (person_id uuid, force_id uuid, source text, source_person_id text, details bytea, invited boolean,
                 holds_number boolean, holds_other boolean, held_number boolean, alive boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with code as (
    select c.number_keys, i.person_id from waymark.sign_in_code c join waymark.invitation i on i.id = c.invitation_id
     where c.id = p_code and c.used_at is not null and c.opened_session is null
  ), concerned as (
    select code.person_id, true as invited, false as held_number from code
    union all
    select l.person_id, false, l.number_held
      from code join waymark.account a on a.number_key = any (code.number_keys) and a.retired_at is null
      join waymark.account_person l on l.account_id = a.id and l.ended_at is null
  )
  select p.id, p.force_id, p.source, p.source_person_id, p.details, n.invited,
         coalesce(p.mobile_key = any (code.number_keys), false), coalesce(p.mobile_key <> all (code.number_keys), false),
         n.held_number, not p.deceased and p.merged_into is null
    from code, concerned n join waymark.person p on p.id = n.person_id
$$;
comment on function waymark.gate_sharing(uuid) is 'the invited person and those on the number''s account, to tell whether they may share it';

create function waymark.gate_sharing_parts(p_code uuid) returns table (person_id uuid, case_id uuid, facts bytea)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select pa.person_id, pa.case_id, pa.facts
    from waymark.gate_sharing(p_code) s join waymark.participant pa on pa.person_id = s.person_id and not pa.removed
$$;
comment on function waymark.gate_sharing_parts(uuid) is 'the cases that those people take part in';

create function waymark.gate_take_up(p_code uuid, p_account uuid, p_number bytea, p_number_key bytea, p_number_key_version int,
    p_retire boolean, p_ended uuid[], p_items uuid[], p_now timestamptz, p_case_now timestamptz, p_due timestamptz)
  returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  c record;
  v_old uuid;
begin
  select s.number_keys, i.id, i.person_id, i.force_id into c
    from waymark.sign_in_code s join waymark.invitation i on i.id = s.invitation_id
   where s.id = p_code and s.used_at is not null and s.opened_session is null for update of i;
  if not found or not waymark.invitation_stands(c.id, p_now) then
    return false;
  end if;
  select a.id into v_old from waymark.account a where a.number_key = any (c.number_keys) and a.retired_at is null for update;
  if cardinality(p_ended) > 0 then
    insert into waymark.work_item (id, force_id, kind, dedupe_key, person_id, reason, due_at, created_at)
    select e.item, l.force_id, 'number_passed_on', 'number_passed_on:' || l.person_id || ':' || p_code, l.person_id,
           case when p_retire then 'taken_up_by_another' else 'number_no_longer_held' end, p_due, p_case_now
      from unnest(p_ended, p_items) as e(person, item)
      join waymark.account_person l on l.account_id = v_old and l.person_id = e.person and l.ended_at is null;
    update waymark.account_person l set ended_at = p_now, ended_reason = 'number_passed_on'
     where l.account_id = v_old and l.person_id = any (p_ended) and l.ended_at is null;
  end if;
  if v_old is not null and (p_retire or cardinality(p_ended) > 0) then
    -- whoever is signed in there may be somebody else by now
    update waymark.device_session d set ended_at = p_now, end_reason = 'number_passed_on'
     where d.account_id = v_old and d.ended_at is null;
  end if;
  if p_retire and v_old is not null then
    update waymark.account_person l set ended_at = p_now, ended_reason = 'number_passed_on'
     where l.account_id = v_old and l.ended_at is null;
    update waymark.account a set retired_at = p_now where a.id = v_old;
    v_old := null;
  end if;
  if v_old is null then
    insert into waymark.account (id, number, number_key, number_key_version, created_at)
    values (p_account, p_number, p_number_key, p_number_key_version, p_now);
  elsif v_old <> p_account then
    return false;
  end if;
  insert into waymark.account_person (account_id, person_id, force_id, number_held, linked_at)
  select p_account, c.person_id, c.force_id, coalesce(p.mobile_key = any (c.number_keys), false), p_now
    from waymark.person p where p.id = c.person_id;
  update waymark.invitation i set taken_up_at = p_now, code = null where i.id = c.id;
  return true;
end $$;
comment on function waymark.gate_take_up is
  'links the invited person to the account of the verified number, once; ends what must not carry over and tells those forces';

create function waymark.gate_open_session(p_code uuid, p_account uuid, p_session uuid, p_name bytea, p_platform text,
    p_refresh uuid, p_refresh_key bytea, p_refresh_expires timestamptz, p_now timestamptz) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform 1 from waymark.sign_in_code c join waymark.account a on a.number_key = any (c.number_keys) and a.retired_at is null
   where c.id = p_code and c.used_at is not null and c.opened_session is null and a.id = p_account for update of c;
  if not found then
    return false;
  end if;
  insert into waymark.device_session (id, account_id, name, platform, signed_in_at, auth_time, last_seen_at)
  values (p_session, p_account, p_name, p_platform, p_now, p_now, p_now);
  insert into waymark.refresh_token (id, session_id, token_key, issued_at, expires_at)
  values (p_refresh, p_session, p_refresh_key, p_now, p_refresh_expires);
  update waymark.sign_in_code set opened_session = p_session where id = p_code;
  return true;
end $$;
comment on function waymark.gate_open_session is 'one session a used code, and only on the live account of its number';

create function waymark.gate_refresh(p_keys bytea[], p_new uuid, p_new_key bytea, p_expires timestamptz, p_now timestamptz)
  returns table (account_id uuid, session_id uuid, auth_time timestamptz)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_session uuid;
  s waymark.device_session;
  t waymark.refresh_token;
begin
  select r.session_id into v_session from waymark.refresh_token r where r.token_key = any (p_keys);
  if not found then
    return;
  end if;
  select * into s from waymark.device_session d where d.id = v_session for update;
  select * into t from waymark.refresh_token r where r.token_key = any (p_keys) for update;
  if s.ended_at is not null or exists (select 1 from waymark.account a where a.id = s.account_id and a.retired_at is not null) then
    return;
  end if;
  if t.used_at is not null then
    update waymark.device_session d set ended_at = p_now, end_reason = 'refresh_reuse' where d.id = s.id;
    return;
  end if;
  if t.expires_at <= p_now then
    return;
  end if;
  update waymark.refresh_token r set used_at = p_now where r.id = t.id;
  insert into waymark.refresh_token (id, session_id, token_key, issued_at, expires_at)
  values (p_new, s.id, p_new_key, p_now, p_expires);
  update waymark.device_session d set last_seen_at = p_now where d.id = s.id;
  return query select s.account_id, s.id, s.auth_time;
end $$;
comment on function waymark.gate_refresh is 'rotates a refresh token; one that was used before ends its session and gives nothing';

create function waymark.gate_end_session(p_session uuid, p_reason text, p_now timestamptz) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update waymark.device_session set ended_at = p_now, end_reason = p_reason where id = p_session and ended_at is null
$$;
comment on function waymark.gate_end_session(uuid, text, timestamptz) is 'leaving in a hurry: the token that names the session may be long dead';

create function waymark.gate_end_link(p_person uuid, p_reason text, p_now timestamptz) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare v_account uuid;
begin
  update waymark.account_person l set ended_at = p_now, ended_reason = p_reason
   where l.person_id = p_person and l.force_id = waymark.ctx_force() and l.ended_at is null
  returning l.account_id into v_account;
  if not found then
    return false;
  end if;
  if not exists (select 1 from waymark.account_person l where l.account_id = v_account and l.ended_at is null) then
    update waymark.device_session d set ended_at = p_now, end_reason = p_reason
     where d.account_id = v_account and d.ended_at is null;
  end if;
  return true;
end $$;
comment on function waymark.gate_end_link(uuid, text, timestamptz) is
  'a force ends the link of its own person; devices are signed out where the account has nobody else';

create function waymark.gate_choose(p_language text, p_discreet boolean, p_persons uuid[], p_versions int[]) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare v_known int;
begin
  perform 1 from waymark.person p where p.id = any (waymark.ctx_persons()) order by p.id for update;
  select count(*) into v_known
    from unnest(p_persons, p_versions) as e(person, version)
    join waymark.person p on p.id = e.person and p.preferences_version = e.version
   where p.id = any (waymark.ctx_persons());
  if v_known <> cardinality(waymark.ctx_persons()) then
    return false;
  end if;
  update waymark.person p set chosen_language = p_language, chosen_discreet = p_discreet,
                              preferences_version = p.preferences_version + 1
   where p.id = any (waymark.ctx_persons());
  return true;
end $$;
comment on function waymark.gate_choose(text, boolean, uuid[], int[]) is
  'a person''s own choices, for each person on the account; false where somebody changed them since these versions';

create function waymark.gate_clean_up(p_now timestamptz) returns int
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_gone int;
  v_all int := 0;
begin
  delete from waymark.sign_in_code where expires_at < p_now - interval '1 day';
  get diagnostics v_gone = row_count; v_all := v_all + v_gone;
  delete from waymark.refresh_token where expires_at < p_now - interval '1 day';
  get diagnostics v_gone = row_count; v_all := v_all + v_gone;
  delete from waymark.idempotency_key where created_at < p_now - interval '24 hours';
  get diagnostics v_gone = row_count; v_all := v_all + v_gone;
  update waymark.invitation set code = null where code is not null and expires_at < p_now;
  return v_all;
end $$;
comment on function waymark.gate_clean_up(timestamptz) is 'removes what has run out; safe to run anywhere, any time';

-- the gate owns them; the application may call them, and nobody else
do $$
declare f regprocedure;
begin
  for f in
    select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'waymark'
       and p.proname in ('enter_person', 'invitation_stands', 'gate_new_code', 'gate_fitting_invitation', 'gate_code_facts',
                         'gate_decide_code', 'gate_verify_code', 'gate_sharing', 'gate_sharing_parts', 'gate_take_up',
                         'gate_open_session', 'gate_refresh', 'gate_end_session', 'gate_end_link', 'gate_choose', 'gate_clean_up')
  loop
    execute format('alter function %s owner to waymark_gate', f);
    execute format('revoke all on function %s from public', f);
    if f <> 'waymark.invitation_stands(uuid, timestamptz)'::regprocedure then
      execute format('grant execute on function %s to waymark_app', f);
    end if;
  end loop;
end $$;
