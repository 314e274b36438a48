-- Where no number is safe, or the PIN is forgotten, staff read a code out on a call. It is never sent.

-- an account that began with such a code has no number: it signs in by such codes only, until the person gives one
alter table waymark.account alter column number drop not null, alter column number_key drop not null,
  alter column number_key_version drop not null,
  add constraint account_number_whole check (num_nonnulls(number, number_key, number_key_version) in (0, 3));
comment on table waymark.account is
  'A login, no force: one verified number, or none where no number is safe. What it may see follows from its links.';

create table waymark.spoken_code (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  person_id uuid not null references waymark.person,
  account_id uuid references waymark.account,
  purpose text not null check (purpose in ('sign_in', 'new_pin')),
  code_key bytea not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  failures int not null default 0,
  withdrawn_at timestamptz,
  used_at timestamptz,
  check (account_id is not null or purpose = 'sign_in')
);
comment on table waymark.spoken_code is 'Codes that staff read out on a call, after the agreed word. Good once, for minutes.';
comment on column waymark.spoken_code.account_id is 'null: the person has not signed up, and an account without a number begins';
comment on column waymark.spoken_code.purpose is 'new_pin: it also sets a new PIN, in place of the one that was forgotten';
comment on column waymark.spoken_code.code_key is 'keyed hash; the code itself is kept nowhere';
comment on column waymark.spoken_code.failures is 'wrong PINs with the right code; five end it';
create unique index spoken_code_open on waymark.spoken_code (person_id) where used_at is null and withdrawn_at is null;
comment on index waymark.spoken_code_open is 'one at a time a person; a new one withdraws the last';
create index spoken_code_expiry on waymark.spoken_code (expires_at);
comment on index waymark.spoken_code_expiry is 'cleaning up';
alter table waymark.spoken_code enable row level security;
alter table waymark.spoken_code force row level security;
create policy own_force on waymark.spoken_code to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
create policy gate on waymark.spoken_code to waymark_gate using (true) with check (true);
grant select, insert, update (withdrawn_at) on waymark.spoken_code to waymark_app;
grant select, update, delete on waymark.spoken_code to waymark_gate;

-- not a gate by itself: called by those below
create function waymark.spoken_code_stands(p_code uuid, p_now timestamptz) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (
    select 1 from waymark.spoken_code s join waymark.person p on p.id = s.person_id
     where s.id = p_code and s.used_at is null and s.withdrawn_at is null and s.expires_at > p_now and s.failures < 5
       and not p.deceased and p.merged_into is null
       and case when s.account_id is null
             then not exists (select 1 from waymark.account_person l where l.person_id = p.id and l.ended_at is null)
              and exists (select 1 from waymark.participant pa join waymark.case_file cf on cf.id = pa.case_id
                           where pa.person_id = p.id and not pa.removed and cf.recorded and cf.on_phones)
             else exists (select 1 from waymark.account_person l join waymark.account a on a.id = l.account_id
                           where l.person_id = p.id and l.ended_at is null and a.id = s.account_id and a.retired_at is null) end)
$$;
comment on function waymark.spoken_code_stands(uuid, timestamptz) is
  'open, and its person is alive and on the account that it was made for, or has not signed up since';

create function waymark.gate_spoken_code(p_code_keys bytea[], p_number_keys bytea[], p_reference_key text, p_now timestamptz)
  returns table (code_id uuid, account_id uuid, pin_hash bytea, purpose text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.id, s.account_id, a.pin_hash, s.purpose
    from waymark.spoken_code s
    join waymark.person p on p.id = s.person_id
    left join waymark.account a on a.id = s.account_id
   where s.code_key = any (p_code_keys) and waymark.spoken_code_stands(s.id, p_now)
     and (p_number_keys is not null and (a.number_key = any (p_number_keys) or p.mobile_key = any (p_number_keys))
          or p_reference_key is not null
             and exists (select 1 from waymark.participant pa join waymark.case_file cf on cf.id = pa.case_id
                          where pa.person_id = p.id and not pa.removed and cf.recorded and cf.on_phones
                            and replace(cf.crime_reference_key, '/', '') = p_reference_key))
$$;
comment on function waymark.gate_spoken_code is
  'the open code that fits the person''s number or the reference of one of their cases. Uses nothing up';

create function waymark.gate_spoken_code_failed(p_code uuid) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update waymark.spoken_code set failures = failures + 1 where id = p_code and used_at is null
$$;
comment on function waymark.gate_spoken_code_failed(uuid) is 'a wrong PIN came with it';

create function waymark.gate_use_spoken_code(p_code uuid, p_account uuid, p_pin_hash bytea, p_session uuid, p_name bytea,
    p_platform text, p_refresh uuid, p_refresh_key bytea, p_usual timestamptz, p_short timestamptz, p_longest int,
    p_now timestamptz) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare s waymark.spoken_code;
begin
  select * into s from waymark.spoken_code c where c.id = p_code for update;
  if not found or not waymark.spoken_code_stands(p_code, p_now) or p_account <> coalesce(s.account_id, p_account) then
    return false;
  end if;
  update waymark.spoken_code c set used_at = p_now where c.id = p_code;
  if s.account_id is null then
    insert into waymark.account (id, created_at) values (p_account, p_now);
    insert into waymark.account_person (account_id, person_id, force_id, number_held, linked_at)
    values (p_account, s.person_id, s.force_id, false, p_now);
    -- what was handed over before opens nothing more
    update waymark.invitation i set withdrawn_at = p_now, code = null
     where i.person_id = s.person_id and i.taken_up_at is null and i.withdrawn_at is null;
  end if;
  if s.purpose = 'new_pin' then
    update waymark.account a set pin_hash = p_pin_hash where a.id = p_account;
    update waymark.device_session d set ended_at = p_now, end_reason = 'pin_reset'
     where d.account_id = p_account and d.ended_at is null;
  elsif p_pin_hash is not null then
    update waymark.account a set pin_hash = p_pin_hash where a.id = p_account and a.pin_hash is null;
  end if;
  insert into waymark.device_session (id, account_id, name, platform, signed_in_at, auth_time, last_seen_at)
  values (p_session, p_account, p_name, p_platform, p_now, p_now, p_now);
  insert into waymark.refresh_token (id, session_id, token_key, issued_at, expires_at)
  values (p_refresh, p_session, p_refresh_key, p_now, waymark.refresh_until(p_account, p_now, p_usual, p_short, p_longest));
  return true;
end $$;
comment on function waymark.gate_use_spoken_code is
  'one session a code; begins an account without a number for who has none, and sets the PIN where the code says so or there is none';

create function waymark.gate_end_sessions(p_person uuid, p_reason text, p_now timestamptz) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update waymark.device_session d set ended_at = p_now, end_reason = p_reason
    from waymark.account_person l
   where l.person_id = p_person and l.force_id = waymark.ctx_force() and l.ended_at is null and d.account_id = l.account_id
     and d.ended_at is null
$$;
comment on function waymark.gate_end_sessions(uuid, text, timestamptz) is 'a force signs its own person out everywhere';

create function waymark.gate_clean_up_spoken(p_now timestamptz) returns int
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare v_gone int;
begin
  delete from waymark.spoken_code where expires_at < p_now - interval '1 day';
  get diagnostics v_gone = row_count;
  return v_gone;
end $$;
comment on function waymark.gate_clean_up_spoken(timestamptz) is 'removes codes that have run out';

do $$
declare f regprocedure;
begin
  for f in
    select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'waymark'
       and p.proname in ('spoken_code_stands', 'gate_spoken_code', 'gate_spoken_code_failed', 'gate_use_spoken_code',
                         'gate_end_sessions', 'gate_clean_up_spoken')
  loop
    execute format('alter function %s owner to waymark_gate', f);
    execute format('revoke all on function %s from public', f);
    if f::text ~ '(^|\.)gate_' then
      execute format('grant execute on function %s to waymark_app', f);
    end if;
  end loop;
end $$;
