-- Whoever is in a case with a safety flag signs in with a PIN as well, and stays signed in for a short time only.

-- not gates by themselves: called by those below
create function waymark.account_flagged(p_account uuid) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from waymark.account_person l join waymark.person p on p.id = l.person_id
                  where l.account_id = p_account and l.ended_at is null and p.safety and not p.deceased
                    and p.merged_into is null)
$$;
comment on function waymark.account_flagged(uuid) is 'somebody on the account is in a case with a safety flag';

create function waymark.account_short(p_account uuid) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from waymark.account_person l join waymark.person p on p.id = l.person_id
                  where l.account_id = p_account and l.ended_at is null and not p.deceased and p.merged_into is null
                    and (p.safety or p.chosen_discreet is true))
$$;
comment on function waymark.account_short(uuid) is 'its sessions are short: a safety flag, or discreet mode chosen';

-- One who floods a number with wrong PINs must not lock its owner out: a device that has signed in on it counts by itself.
alter table waymark.sign_in_code add column known_device text;
comment on column waymark.sign_in_code.known_device is
  'keyed hash of number and device, where this device has signed in on the number before: its wrong PINs count by themselves';

drop function waymark.gate_new_code;
create function waymark.gate_new_code(p_id uuid, p_number bytea, p_number_key bytea, p_number_keys bytea[], p_code_mac bytea,
    p_invitation uuid, p_session uuid, p_pin bytea, p_known_device text, p_now timestamptz, p_expires timestamptz) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into waymark.sign_in_code (id, number, number_key, number_keys, code_mac, invitation_id, session_id, pin, known_device,
                                    created_at, expires_at)
  values (p_id, p_number, p_number_key, p_number_keys, p_code_mac, p_invitation, p_session, p_pin, p_known_device, p_now,
          p_expires)
$$;
comment on function waymark.gate_new_code is 'a code was asked for; nothing of the number is looked up here';

drop function waymark.gate_code_facts(uuid, timestamptz);
create function waymark.gate_code_facts(p_code uuid, p_now timestamptz)
  returns table (number bytea, pin bytea, known_device text, account_id uuid, pin_hash bytea, flagged boolean, invited boolean,
                 stands boolean, other_number boolean, suspects boolean, language text, decided boolean, released boolean)
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
  select code.number, code.pin, code.known_device, code.account, code.account_pin, waymark.account_flagged(code.account),
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

drop function waymark.gate_decide_code;
create function waymark.gate_decide_code(p_code uuid, p_released boolean, p_now timestamptz, p_items uuid[], p_reason text,
    p_case_now timestamptz, p_due timestamptz) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update waymark.sign_in_code set decided_at = p_now, released = p_released, pin = null
   where id = p_code and decided_at is null;
  if not found or p_reason is null then
    return;
  end if;
  if p_reason = 'sign_in_without_pin' then
    -- once a day each: whoever knows the number could ask all day
    insert into waymark.work_item (id, force_id, kind, dedupe_key, person_id, reason, due_at, created_at)
    select p_items[f.place], f.force_id, 'pin_to_agree',
           'pin_to_agree:' || f.id || ':' || to_char(p_case_now at time zone 'Europe/London', 'YYYY-MM-DD'), f.id, p_reason,
           p_due, p_case_now
      from (select p.id, p.force_id, row_number() over (order by p.id) as place
              from waymark.sign_in_code c
              join waymark.account a on a.number_key = any (c.number_keys) and a.retired_at is null
              join waymark.account_person l on l.account_id = a.id and l.ended_at is null
              join waymark.person p on p.id = l.person_id
             where c.id = p_code and p.safety and not p.deceased and p.merged_into is null) f
     where f.place <= cardinality(p_items)
    on conflict do nothing;
    return;
  end if;
  insert into waymark.work_item (id, force_id, kind, dedupe_key, person_id, subject_id, reason, due_at, created_at)
  select p_items[1], i.force_id, 'activation_other_number', 'activation:' || i.id || ':' || p_reason, i.person_id, i.id, p_reason,
         p_due, p_case_now
    from waymark.sign_in_code c join waymark.invitation i on i.id = c.invitation_id
   where c.id = p_code
  on conflict do nothing;
end $$;
comment on function waymark.gate_decide_code is 'notes once whether a code goes out, wipes the PIN that was typed, and tells staff where they must act';
create policy gate_opens_pin_to_agree on waymark.work_item for insert to waymark_gate with check (kind = 'pin_to_agree');

-- When a session of this account must end, however it was opened.
create function waymark.refresh_until(p_account uuid, p_signed_in timestamptz, p_usual timestamptz, p_short timestamptz,
    p_longest int) returns timestamptz
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when waymark.account_short(p_account) then least(p_short, p_signed_in + make_interval(secs => p_longest))
              else p_usual end
$$;
comment on function waymark.refresh_until is 'how long a refresh token given now is good; p_longest: seconds since the sign-in';

drop function waymark.gate_open_session;
create function waymark.gate_open_session(p_code uuid, p_account uuid, p_session uuid, p_name bytea, p_platform text,
    p_refresh uuid, p_refresh_key bytea, p_usual timestamptz, p_short timestamptz, p_longest int, p_now timestamptz)
  returns boolean
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
  values (p_refresh, p_session, p_refresh_key, p_now, waymark.refresh_until(p_account, p_now, p_usual, p_short, p_longest));
  update waymark.sign_in_code set opened_session = p_session where id = p_code;
  return true;
end $$;
comment on function waymark.gate_open_session is 'one session a used code, and only on the live account of its number';

drop function waymark.gate_refresh;
create function waymark.gate_refresh(p_keys bytea[], p_new uuid, p_new_key bytea, p_usual timestamptz, p_short timestamptz,
    p_longest int, p_now timestamptz) returns table (account_id uuid, session_id uuid, auth_time timestamptz)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_session uuid;
  v_until timestamptz;
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
  v_until := waymark.refresh_until(s.account_id, s.auth_time, p_usual, p_short, p_longest);
  -- the account may have come under the short rule since this token was given: then that rule counts from its issue
  if t.expires_at <= p_now or v_until <= p_now
      or waymark.account_short(s.account_id) and t.issued_at + (p_short - p_now) <= p_now then
    return;
  end if;
  update waymark.refresh_token r set used_at = p_now where r.id = t.id;
  insert into waymark.refresh_token (id, session_id, token_key, issued_at, expires_at)
  values (p_new, s.id, p_new_key, p_now, v_until);
  update waymark.device_session d set last_seen_at = p_now where d.id = s.id;
  return query select s.account_id, s.id, s.auth_time;
end $$;
comment on function waymark.gate_refresh is
  'rotates a refresh token, never the time of the sign-in; one that was used before ends its session and gives nothing';

create function waymark.gate_flagged_without_pin(p_case uuid) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select p.id
    from waymark.participant pa
    join waymark.person p on p.id = pa.person_id and p.safety and not p.deceased and p.merged_into is null
    join waymark.account_person l on l.person_id = p.id and l.ended_at is null
    join waymark.account a on a.id = l.account_id and a.retired_at is null and a.pin_hash is null
   where pa.case_id = p_case and not pa.removed and pa.force_id = waymark.ctx_force()
$$;
comment on function waymark.gate_flagged_without_pin(uuid) is
  'for a force''s own case: who has signed up, should have a PIN and has none. Whether there is one, never which';

-- What the phone shows of devices and of what was sent can be kept back unless the person has just signed in.
alter table waymark.account add column activity_hidden boolean not null default false;
comment on column waymark.account.activity_hidden is
  'the lists of devices and of recent activity show nothing unless the sign-in is fresh';
grant select (activity_hidden), update (activity_hidden) on waymark.account to waymark_app;

-- A device that has signed in on a number has limits of its own, so that nobody else uses its owner's up.
create table waymark.known_device (
  id text primary key,
  expires_at timestamptz not null
);
comment on table waymark.known_device is
  'Keyed hashes of a number and a device id that signed in on it. They say nothing of whom; limits alone look at them.';
create index known_device_expiry on waymark.known_device (expires_at);
comment on index waymark.known_device_expiry is 'cleaning up';
alter table waymark.known_device enable row level security;
alter table waymark.known_device force row level security;
create policy counting on waymark.known_device to waymark_app using (true) with check (true);
grant select, insert, update, delete on waymark.known_device to waymark_app;

do $$
declare f regprocedure;
begin
  for f in
    select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'waymark'
       and p.proname in ('account_flagged', 'account_short', 'gate_new_code', 'gate_code_facts', 'gate_decide_code',
                         'refresh_until', 'gate_open_session', 'gate_refresh', 'gate_flagged_without_pin')
  loop
    execute format('alter function %s owner to waymark_gate', f);
    execute format('revoke all on function %s from public', f);
    if f::text ~ '(^|\.)gate_' then
      execute format('grant execute on function %s to waymark_app', f);
    end if;
  end loop;
end $$;
