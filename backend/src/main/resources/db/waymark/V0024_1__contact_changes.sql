-- A new number or address that a person has entered. It takes effect only once the code that went there came back, and in a
-- flagged case after a time in which staff can stop it. Nothing of the number is looked up when it is entered.
create table waymark.contact_change (
  id uuid primary key,
  account_id uuid not null references waymark.account,
  session_id uuid not null references waymark.device_session,
  kind text not null check (kind in ('mobile', 'email', 'postal_address')),
  destination bytea,
  destination_keys bytea[] not null,
  sign_out_others boolean not null,
  code_mac bytea,
  failures int not null default 0,
  started_at timestamptz not null,
  expires_at timestamptz not null,
  decided_at timestamptz,
  released boolean not null default false,
  confirmed_at timestamptz,
  due_at timestamptz,
  done_at timestamptz,
  ended_at timestamptz,
  end_reason text check (end_reason in ('cancelled', 'replaced', 'expired', 'refused', 'account_ended')),
  decided_by text,
  decision_reason bytea,
  check (done_at is null or ended_at is null)
);
comment on table waymark.contact_change is
  'A new number or address on its way. Only the device that began a change sees it: whoever holds another one learns nothing.';
comment on column waymark.contact_change.session_id is 'the device that began it, and the only one that sees and confirms it';
comment on column waymark.contact_change.destination is 'sealed: E.164, an email or the lines of an address; wiped when it is done or has ended';
comment on column waymark.contact_change.destination_keys is 'of a number: keyed hashes by every key in use; else empty';
comment on column waymark.contact_change.sign_out_others is 'every other device is signed out when a number takes effect';
comment on column waymark.contact_change.code_mac is 'keyed hash of change and code; null once it was right';
comment on column waymark.contact_change.started_at is 'case time, as are confirmed_at, due_at, done_at and ended_at';
comment on column waymark.contact_change.expires_at is 'machine time until which the code is taken; decided_at is machine time too';
comment on column waymark.contact_change.released is 'the code went out; one that did not go out confirms nothing, even if it were guessed';
comment on column waymark.contact_change.due_at is 'when it takes effect by itself; null: at once, or not before staff allow it';
comment on column waymark.contact_change.decided_by is 'opaque name of the staff who decided';
comment on column waymark.contact_change.decision_reason is 'sealed: why they did';
create index contact_change_of_session on waymark.contact_change (session_id, id);
comment on index waymark.contact_change_of_session is 'what a device has begun';
create index contact_change_due on waymark.contact_change (due_at) where done_at is null and ended_at is null and due_at is not null;
comment on index waymark.contact_change_due is 'what takes effect next';
create index contact_change_unconfirmed on waymark.contact_change (expires_at) where confirmed_at is null and ended_at is null;
comment on index waymark.contact_change_unconfirmed is 'whose code has run out';

alter table waymark.contact_change enable row level security;
alter table waymark.contact_change force row level security;
create policy own_device on waymark.contact_change for select to waymark_app using (session_id = (select waymark.ctx_session()));
create policy gate on waymark.contact_change to waymark_gate using (true) with check (true);
grant select (id, session_id, kind, started_at, expires_at, confirmed_at, done_at, ended_at) on waymark.contact_change to waymark_app;
grant select, insert, update on waymark.contact_change to waymark_gate;

-- who may ask about a change: the device that began it, staff of a force that has somebody on its account, and our own work
create function waymark.contact_change_asked(p_change uuid) returns waymark.contact_change
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select c from waymark.contact_change c
   where c.id = p_change
     and case waymark.ctx_kind()
           when 'person' then c.session_id = waymark.ctx_session()
           when 'staff' then exists (select 1 from waymark.account_person l
                                      where l.account_id = c.account_id and l.ended_at is null
                                        and l.force_id = waymark.ctx_force())
           else waymark.ctx_kind() in ('nobody', 'worker')
         end
$$;
comment on function waymark.contact_change_asked(uuid) is 'a change that whoever asks may ask about; not a gate by itself';

create function waymark.gate_start_change(p_id uuid, p_kind text, p_destination bytea, p_keys bytea[], p_sign_out boolean,
    p_code_mac bytea, p_case_now timestamptz, p_expires timestamptz) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if waymark.ctx_kind() is distinct from 'person' then
    raise exception 'only a person begins a change' using errcode = 'insufficient_privilege';
  end if;
  update waymark.contact_change set ended_at = p_case_now, end_reason = 'replaced', destination = null
   where session_id = waymark.ctx_session() and kind = p_kind and done_at is null and ended_at is null;
  insert into waymark.contact_change (id, account_id, session_id, kind, destination, destination_keys, sign_out_others, code_mac,
                                      started_at, expires_at)
  values (p_id, waymark.ctx_account(), waymark.ctx_session(), p_kind, p_destination, p_keys, p_sign_out, p_code_mac,
          p_case_now, p_expires);
end $$;
comment on function waymark.gate_start_change is
  'a person''s device begins a change, in place of the one it had begun; of another device it replaces none';

create function waymark.gate_change(p_change uuid)
  returns table (account_id uuid, session_id uuid, kind text, destination bytea, decided boolean, released boolean,
                 expires_at timestamptz, confirmed boolean, over boolean, suspects boolean, unsafe boolean, language text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with asked as (
    select (waymark.contact_change_asked(p_change)).*
  ), concerned as (
    select p.* from asked join waymark.account_person l on l.account_id = asked.account_id and l.ended_at is null
      join waymark.person p on p.id = l.person_id where not p.deceased and p.merged_into is null
  )
  select c.account_id, c.session_id, c.kind, c.destination, c.decided_at is not null, c.released, c.expires_at,
         c.confirmed_at is not null, c.done_at is not null or c.ended_at is not null,
         exists (select 1 from concerned n join waymark.participant pa on pa.person_id = n.id
                   join waymark.suspect_number s on s.case_id = pa.case_id where s.number_key = any (c.destination_keys)),
         exists (select 1 from concerned n where n.mobile_safe = 'unsafe' and n.mobile_key = any (c.destination_keys)),
         coalesce((select case when min(coalesce(n.chosen_language, n.language)) = max(coalesce(n.chosen_language, n.language))
                               then min(coalesce(n.chosen_language, n.language)) end from concerned n), 'en')
    from asked c where c.id is not null
$$;
comment on function waymark.gate_change(uuid) is
  'a change for whoever may ask about it. suspects: the number is held for a suspect of one of the account''s cases; unsafe: a force '
  'says so of it';

create function waymark.gate_change_people(p_change uuid) returns table (person_id uuid, force_id uuid, safety boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id, p.force_id, p.safety
    from (select (waymark.contact_change_asked(p_change)).account_id) c
    join waymark.account_person l on l.account_id = c.account_id and l.ended_at is null
    join waymark.person p on p.id = l.person_id
   where not p.deceased and p.merged_into is null order by p.force_id, p.id
$$;
comment on function waymark.gate_change_people(uuid) is 'whom a change concerns, in every force';

create function waymark.gate_release_change(p_change uuid, p_released boolean, p_now timestamptz) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update waymark.contact_change set decided_at = p_now, released = p_released where id = p_change and decided_at is null
$$;
comment on function waymark.gate_release_change(uuid, boolean, timestamptz) is 'notes once, at sending, whether the code goes out';

create function waymark.gate_confirm_change(p_change uuid, p_macs bytea[], p_now timestamptz, p_case_now timestamptz) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare c waymark.contact_change;
begin
  if waymark.ctx_kind() is distinct from 'person' then
    return null;
  end if;
  select * into c from waymark.contact_change x where x.id = p_change and x.session_id = waymark.ctx_session() for update;
  if not found then
    return null;
  end if;
  if c.confirmed_at is not null and c.ended_at is null then
    return 'before';
  end if;
  if c.ended_at is not null or c.code_mac is null or not c.code_mac = any (p_macs) or not c.released or c.failures >= 5
      or c.expires_at <= p_now then
    update waymark.contact_change set failures = least(failures + 1, 1000) where id = c.id;
    return 'wrong';
  end if;
  update waymark.contact_change set confirmed_at = p_case_now, code_mac = null where id = c.id;
  return 'right';
end $$;
comment on function waymark.gate_confirm_change is
  'right, wrong, or confirmed before; null where it is not this device''s. Wrong, run out and never sent are one answer';

create function waymark.gate_change_waits(p_change uuid, p_due timestamptz, p_by text, p_note bytea) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update waymark.contact_change
     set due_at = p_due, decided_by = coalesce(p_by, decided_by), decision_reason = coalesce(p_note, decision_reason)
   where id = (waymark.contact_change_asked(p_change)).id and confirmed_at is not null and done_at is null and ended_at is null;
end $$;
comment on function waymark.gate_change_waits is 'when a confirmed change takes effect by itself; null: when staff allow it';

create function waymark.gate_end_change(p_change uuid, p_reason text, p_by text, p_note bytea, p_case_now timestamptz)
  returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update waymark.contact_change
     set ended_at = p_case_now, end_reason = p_reason, destination = null, code_mac = null, due_at = null,
         decided_by = p_by, decision_reason = p_note
   where id = (waymark.contact_change_asked(p_change)).id and done_at is null and ended_at is null;
  return found;
end $$;
comment on function waymark.gate_end_change is 'cancelled by the device that began it, or refused by staff; false where it is over';

create function waymark.gate_change_done(p_change uuid, p_by text, p_note bytea, p_case_now timestamptz) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update waymark.contact_change
     set done_at = p_case_now, destination = null, due_at = null, decided_by = p_by, decision_reason = p_note
   where id = (waymark.contact_change_asked(p_change)).id and confirmed_at is not null and done_at is null and ended_at is null;
  return found;
end $$;
comment on function waymark.gate_change_done is 'it has taken effect; false where it is over or was never confirmed';

create function waymark.gate_move_number(p_change uuid, p_number bytea, p_key bytea, p_key_version int, p_keys bytea[],
    p_now timestamptz) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  c waymark.contact_change;
  v_other uuid;
begin
  select * into c from waymark.contact_change x
   where x.id = (waymark.contact_change_asked(p_change)).id and x.kind = 'mobile' and x.confirmed_at is not null
     and x.done_at is null and x.ended_at is null and x.destination_keys && p_keys for update;
  if not found then
    return 'over';
  end if;
  if exists (select 1 from waymark.account_person l join waymark.participant pa on pa.person_id = l.person_id
               join waymark.suspect_number s on s.case_id = pa.case_id
              where l.account_id = c.account_id and l.ended_at is null and s.number_key = any (p_keys)) then
    return 'suspect';
  end if;
  perform 1 from waymark.account a where a.id = c.account_id and a.retired_at is null for update;
  if not found then
    return 'over';
  end if;
  select a.id into v_other from waymark.account a
   where a.number_key = any (p_keys) and a.retired_at is null and a.id <> c.account_id for update;
  if found then
    if exists (select 1 from waymark.account_person l where l.account_id = v_other and l.ended_at is null) then
      return 'taken';
    end if;
    -- nobody is left on it, so it keeps nobody out
    update waymark.device_session d set ended_at = p_now, end_reason = 'number_passed_on'
     where d.account_id = v_other and d.ended_at is null;
    update waymark.account a set retired_at = p_now where a.id = v_other;
  end if;
  begin
    update waymark.account a set number = p_number, number_key = p_key, number_key_version = p_key_version where a.id = c.account_id;
  exception when unique_violation then
    return 'taken'; -- somebody signed up with it at this moment
  end;
  update waymark.account_person l
     set number_held = coalesce((select p.mobile_key = any (p_keys) from waymark.person p where p.id = l.person_id), false)
   where l.account_id = c.account_id and l.ended_at is null;
  if c.sign_out_others then
    update waymark.device_session d set ended_at = p_now, end_reason = 'number_changed'
     where d.account_id = c.account_id and d.ended_at is null and d.id <> c.session_id;
  end if;
  return 'moved';
end $$;
comment on function waymark.gate_move_number is
  'a confirmed change moves its account to the new number and signs the other devices out; taken: another live account has it; '
  'suspect: by now it is held for a suspect';

create function waymark.gate_changes_due(p_case_now timestamptz) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select id from waymark.contact_change
   where due_at <= p_case_now and done_at is null and ended_at is null and waymark.ctx_kind() = 'nobody' order by due_at, id
$$;
comment on function waymark.gate_changes_due(timestamptz) is 'changes whose waiting time is over';

create function waymark.gate_next_change(p_case_now timestamptz) returns timestamptz
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select min(due_at) from waymark.contact_change
   where due_at > p_case_now and done_at is null and ended_at is null and waymark.ctx_kind() = 'nobody'
$$;
comment on function waymark.gate_next_change(timestamptz) is 'when the next waiting time is over';

create function waymark.gate_clean_up_changes(p_now timestamptz, p_case_now timestamptz) returns int
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare v_gone int;
begin
  update waymark.contact_change set ended_at = p_case_now, end_reason = 'expired', destination = null, code_mac = null
   where confirmed_at is null and ended_at is null and expires_at <= p_now;
  get diagnostics v_gone = row_count;
  return v_gone;
end $$;
comment on function waymark.gate_clean_up_changes(timestamptz, timestamptz) is 'ends what nobody confirmed in time, and wipes where it would have gone';

-- What a notice about an account must not go by: what was replaced, and the app of the device that it is about.
create function waymark.gate_notice_bars(p_subjects uuid[]) returns table (subject_id uuid, kind text, registration_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.id, c.kind, r.id
    from waymark.contact_change c left join waymark.push_registration r on r.session_id = c.session_id
   where c.id = any (p_subjects) and waymark.ctx_kind() = 'worker'
  union all
  select d.id, null, r.id
    from waymark.device_session d left join waymark.push_registration r on r.session_id = d.id
   where d.id = any (p_subjects) and waymark.ctx_kind() = 'worker'
$$;
comment on function waymark.gate_notice_bars(uuid[]) is
  'by the change or the session that a notice is about: the kind that was replaced, and the app on the device that did it';

create function waymark.gate_people_beside(p_session uuid) returns table (person_id uuid, force_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id, p.force_id
    from waymark.device_session s
    join waymark.account_person l on l.account_id = s.account_id and l.ended_at is null
    join waymark.person p on p.id = l.person_id and not p.deceased and p.merged_into is null
   where s.id = p_session and waymark.ctx_kind() = 'nobody'
     and (exists (select 1 from waymark.device_session d join waymark.push_registration r on r.session_id = d.id
                   where d.account_id = s.account_id and d.id <> s.id and d.ended_at is null)
          or exists (select 1 from waymark.contact_channel ch
                      where ch.person_id = p.id and ch.channel = 'email' and ch.place is not null and ch.safety = 'safe'))
   order by p.force_id, p.id
$$;
comment on function waymark.gate_people_beside(uuid) is
  'whom to tell of a new session: nobody where it is the first device and no other way is known';

-- Numbers of suspects are compared by every key in use: after a change of key two hashes of one number differ.
create function waymark.gate_held_for_suspects(p_persons uuid[], p_keys bytea[]) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select distinct asked.id
    from unnest(p_persons, p_keys) as a(person, key)
    join waymark.person asked on asked.id = a.person and asked.force_id = waymark.ctx_force()
    join waymark.account_person link on link.person_id = asked.id and link.ended_at is null
    join waymark.account_person beside on beside.account_id = link.account_id and beside.ended_at is null
    join waymark.participant pa on pa.person_id = beside.person_id and not pa.removed
    join waymark.suspect_number s on s.case_id = pa.case_id and s.number_key = a.key
   where waymark.ctx_kind() in ('worker', 'system', 'staff')
$$;
comment on function waymark.gate_held_for_suspects(uuid[], bytea[]) is
  'for a force''s own persons, each with keyed hashes of the number they would be written to on: those for whom it is held for a '
  'suspect of anybody on the same account, of whatever force';

do $$
declare f regprocedure;
begin
  for f in
    select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'waymark'
       and p.proname in ('contact_change_asked', 'gate_start_change', 'gate_change', 'gate_change_people', 'gate_release_change',
                         'gate_confirm_change', 'gate_change_waits', 'gate_end_change', 'gate_change_done', 'gate_move_number',
                         'gate_changes_due', 'gate_next_change', 'gate_clean_up_changes', 'gate_notice_bars',
                         'gate_people_beside', 'gate_held_for_suspects')
  loop
    execute format('alter function %s owner to waymark_gate', f);
    execute format('revoke all on function %s from public', f);
    if f <> 'waymark.contact_change_asked(uuid)'::regprocedure then
      execute format('grant execute on function %s to waymark_app', f);
    end if;
  end loop;
end $$;
