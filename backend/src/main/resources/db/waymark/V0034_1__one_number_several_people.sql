-- One number may serve several people. An account is one human being's way in: several accounts may have one number, each with
-- its own PIN, devices and lists. What is sent to the number is still judged by everybody who is reached on it.
alter table waymark.account add column line_id uuid;
alter table waymark.account no force row level security;
update waymark.account set line_id = id;
alter table waymark.account force row level security;
alter table waymark.account alter column line_id set not null;
comment on table waymark.account is
  'One human being''s way in, no force: one verified number, or none where no number is safe. Several may have one number. What it '
  'may see follows from its links.';
comment on column waymark.account.line_id is
  'accounts with one number have one line, also while hashes of the number by two keys differ; its own id where it began alone';
drop index waymark.account_by_number;
create index account_by_number on waymark.account (number_key) where retired_at is null;
comment on index waymark.account_by_number is 'the live accounts of a number';
create index account_line on waymark.account (line_id) where retired_at is null;
comment on index waymark.account_line is 'who else is reached on the number';
comment on table waymark.account_person is
  'Whose cases an account sees: one human being, as each force or case calls them. Made only by taking up that person''s invitation.';

alter table waymark.sign_in_code add column account_id uuid references waymark.account;
comment on column waymark.sign_in_code.account_id is
  'whom it signs in, decided at sending by the PIN that was typed; null with an invitation, which says so itself';

-- not gates by themselves: called by those below
create function waymark.people_of_line(p_line uuid) returns setof waymark.person
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select p.* from waymark.account a
    join waymark.account_person l on l.account_id = a.id and l.ended_at is null
    join waymark.person p on p.id = l.person_id and not p.deceased and p.merged_into is null
   where a.line_id = p_line and a.retired_at is null
$$;
comment on function waymark.people_of_line(uuid) is 'everybody who is reached on a number';

create or replace function waymark.account_flagged(p_account uuid) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from waymark.account a, lateral waymark.people_of_line(a.line_id) p where a.id = p_account and p.safety)
$$;
comment on function waymark.account_flagged(uuid) is 'somebody who is reached on the account''s number is in a case with a safety flag';

create or replace function waymark.account_short(p_account uuid) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from waymark.account a, lateral waymark.people_of_line(a.line_id) p
                  where a.id = p_account and (p.safety or p.chosen_discreet is true))
$$;
comment on function waymark.account_short(uuid) is
  'its sessions are short: a safety flag of anybody who is reached on its number, or discreet mode that one of them chose';

create function waymark.account_used(p_account uuid) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from waymark.account_person l where l.account_id = p_account and l.ended_at is null)
$$;
comment on function waymark.account_used(uuid) is 'somebody is left on it';

create function waymark.account_needs_pin(p_account uuid) returns boolean
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select waymark.account_flagged(p_account)
      or exists (select 1 from waymark.account a
                   join waymark.account before on before.line_id = a.line_id and before.retired_at is null
                    and (before.created_at, before.id) < (a.created_at, a.id) and waymark.account_used(before.id)
                  where a.id = p_account)
$$;
comment on function waymark.account_needs_pin(uuid) is
  'a safety flag, or somebody else had the number first: then the PIN says who asks for a code';

create function waymark.gate_pin_needed() returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select waymark.ctx_kind() = 'person' and waymark.account_needs_pin(waymark.ctx_account())
$$;
comment on function waymark.gate_pin_needed() is 'whether the account of a person who is signed in needs a PIN';

-- A PIN says whose account opens, so no two at one number are the same. Whoever sets one waits for others who do.
create function waymark.gate_pins_beside(p_code uuid, p_now timestamptz) returns table (account_id uuid, pin_hash bytea)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v_account uuid;
  v_line uuid;
begin
  if p_code is null and waymark.ctx_kind() = 'person' then
    v_account := waymark.ctx_account();
  elsif waymark.ctx_kind() = 'nobody' and waymark.spoken_code_stands(p_code, p_now) then
    select s.account_id into v_account from waymark.spoken_code s where s.id = p_code;
  end if;
  select a.line_id into v_line from waymark.account a where a.id = v_account;
  perform pg_advisory_xact_lock(hashtextextended('pins of ' || v_line, 0));
  return query select a.id, a.pin_hash from waymark.account a
    where a.line_id = v_line and a.id <> v_account and a.retired_at is null and a.pin_hash is not null
      and waymark.account_used(a.id)
    order by a.id;
end $$;
comment on function waymark.gate_pins_beside(uuid, timestamptz) is
  'the sealed PINs of others at the number of who is signed in, or of an open code that staff read out; holds a lock on them';

create function waymark.gate_together(p_one uuid, p_other uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select 1 from waymark.account_person x
      join waymark.account a on a.id = x.account_id
      join waymark.account b on b.line_id = a.line_id
      join waymark.account_person y on y.account_id = b.id
     where x.person_id = p_one and y.person_id = p_other and x.ended_at is null and y.ended_at is null
       and x.force_id = waymark.ctx_force() and y.force_id = waymark.ctx_force())
$$;
comment on function waymark.gate_together(uuid, uuid) is 'whether two persons of the caller''s force sign in with one number';

-- which of the accounts of a number a code may open
create function waymark.gate_code_accounts(p_code uuid)
  returns table (account_id uuid, line_id uuid, pin_hash bytea, needs_pin boolean, used boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with at_number as (
    select a.id, a.line_id, a.pin_hash, a.created_at, waymark.account_used(a.id) as used
      from waymark.sign_in_code c join waymark.account a on a.number_key = any (c.number_keys) and a.retired_at is null
     where c.id = p_code and c.used_at is null
  )
  select x.id, x.line_id, x.pin_hash, waymark.account_needs_pin(x.id), x.used
    from at_number x
    -- one that nobody is left on still signs in, and sees no case, while nobody else has the number
   where x.used or not exists (select 1 from at_number y where y.used or (y.created_at, y.id) > (x.created_at, x.id))
   order by x.created_at, x.id
$$;
comment on function waymark.gate_code_accounts(uuid) is 'the accounts that a code which is about to be sent may open, with their sealed PINs';

drop function waymark.gate_code_facts(uuid, timestamptz);
create function waymark.gate_code_facts(p_code uuid, p_now timestamptz)
  returns table (number bytea, pin bytea, known_device text, invited boolean, stands boolean, other_number boolean,
                 suspects boolean, language text, decided boolean, released boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with code as (
    select c.*, i.person_id as invited_person
      from waymark.sign_in_code c left join waymark.invitation i on i.id = c.invitation_id
     where c.id = p_code and c.expires_at > p_now and c.used_at is null and c.number is not null
  ), concerned as (
    select code.invited_person as person from code where code.invited_person is not null
    union
    select l.person_id from code
      join waymark.account a on a.number_key = any (code.number_keys) and a.retired_at is null
      join waymark.account_person l on l.account_id = a.id and l.ended_at is null
  )
  select code.number, code.pin, code.known_device,
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
  'what decides, at sending, whether a code goes out, beside the PINs; no row where it has run out or was used';

drop function waymark.gate_decide_code;
create function waymark.gate_decide_code(p_code uuid, p_released boolean, p_account uuid, p_now timestamptz, p_items uuid[],
    p_reason text, p_case_now timestamptz, p_due timestamptz) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update waymark.sign_in_code set decided_at = p_now, released = p_released, account_id = p_account, pin = null
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
              join waymark.account a on a.number_key = any (c.number_keys) and a.retired_at is null and a.pin_hash is null
              join waymark.account_person l on l.account_id = a.id and l.ended_at is null
              join waymark.person p on p.id = l.person_id
             where c.id = p_code and waymark.account_needs_pin(a.id) and not p.deceased and p.merged_into is null) f
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
comment on function waymark.gate_decide_code is
  'notes once whether a code goes out and whom it signs in, wipes the PIN that was typed, and tells staff where they must act';

drop function waymark.gate_verify_code;
create function waymark.gate_verify_code(p_number_key bytea, p_number_keys bytea[], p_macs bytea[], p_decoy uuid,
    p_now timestamptz) returns table (code_id uuid, invitation_id uuid, account_id uuid, asked_by uuid)
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
    select c.id, c.invitation_id,
           (select a.id from waymark.account a
             where a.id = c.account_id and a.number_key = any (c.number_keys) and a.retired_at is null),
           (select a.id from waymark.device_session d join waymark.account a on a.id = d.account_id
             where d.id = c.session_id and d.ended_at is null and a.number_key = any (c.number_keys) and a.retired_at is null);
end $$;
comment on function waymark.gate_verify_code is
  'the newest code of a number, if this is it: used up at once. No row for wrong, used, expired, never sent and unknown alike';

drop function waymark.gate_sharing_parts(uuid);
drop function waymark.gate_sharing(uuid);
-- the code has just been used, opened nothing yet, and carries an invitation: nothing else may be asked about
create function waymark.gate_sharing(p_code uuid)
  returns table (person_id uuid, account_id uuid, force_id uuid, source text, source_person_id text, details bytea,
                 invited boolean, holds_number boolean, holds_other boolean, held_number boolean, alive boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with code as (
    select c.number_keys, i.person_id from waymark.sign_in_code c join waymark.invitation i on i.id = c.invitation_id
     where c.id = p_code and c.used_at is not null and c.opened_session is null
  ), concerned as (
    select code.person_id, null::uuid as account_id, true as invited, false as held_number from code
    union all
    select l.person_id, a.id, false, l.number_held
      from code join waymark.account a on a.number_key = any (code.number_keys) and a.retired_at is null
      join waymark.account_person l on l.account_id = a.id and l.ended_at is null
  )
  select p.id, n.account_id, p.force_id, p.source, p.source_person_id, p.details, n.invited,
         coalesce(p.mobile_key = any (code.number_keys), false), coalesce(p.mobile_key <> all (code.number_keys), false),
         n.held_number, not p.deceased and p.merged_into is null
    from code, concerned n join waymark.person p on p.id = n.person_id order by n.account_id, p.id
$$;
comment on function waymark.gate_sharing(uuid) is
  'the invited person and those who have the number, each with their account, to tell whether they may share number or account';

create function waymark.gate_sharing_parts(p_code uuid) returns table (person_id uuid, case_id uuid, facts bytea)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select pa.person_id, pa.case_id, pa.facts
    from waymark.gate_sharing(p_code) s join waymark.participant pa on pa.person_id = s.person_id and not pa.removed
$$;
comment on function waymark.gate_sharing_parts(uuid) is 'the cases that those people take part in';

create or replace function waymark.gate_take_up(p_code uuid, p_account uuid, p_number bytea, p_number_key bytea,
    p_number_key_version int, p_retire boolean, p_ended uuid[], p_items uuid[], p_now timestamptz, p_case_now timestamptz,
    p_due timestamptz) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  c record;
  v_old uuid[];
  v_doubted uuid[];
  v_line uuid;
begin
  select s.number_keys, i.id, i.person_id, i.force_id into c
    from waymark.sign_in_code s join waymark.invitation i on i.id = s.invitation_id
   where s.id = p_code and s.used_at is not null and s.opened_session is null for update of i;
  if not found or not waymark.invitation_stands(c.id, p_now) then
    return false;
  end if;
  -- two who sign up with one number at this moment come one after the other
  perform pg_advisory_xact_lock(hashtextextended('number ' || encode(p_number_key, 'hex'), 0));
  select array_agg(x.id) into v_old from (
    select a.id from waymark.account a where a.number_key = any (c.number_keys) and a.retired_at is null order by a.id for update) x;
  if cardinality(p_ended) > 0 then
    insert into waymark.work_item (id, force_id, kind, dedupe_key, person_id, reason, due_at, created_at)
    select e.item, l.force_id, 'number_passed_on', 'number_passed_on:' || l.person_id || ':' || p_code, l.person_id,
           case when p_retire then 'taken_up_by_another' else 'number_no_longer_held' end, p_due, p_case_now
      from unnest(p_ended, p_items) as e(person, item)
      join waymark.account_person l on l.account_id = any (v_old) and l.person_id = e.person and l.ended_at is null;
    with ended as (
      update waymark.account_person l set ended_at = p_now, ended_reason = 'number_passed_on'
       where l.account_id = any (v_old) and l.person_id = any (p_ended) and l.ended_at is null returning l.account_id)
    select array_agg(distinct e.account_id) into v_doubted from ended e;
  end if;
  -- whoever is signed in there may be somebody else by now
  update waymark.device_session d set ended_at = p_now, end_reason = 'number_passed_on'
   where d.account_id = any (case when p_retire then v_old else v_doubted end) and d.ended_at is null;
  if p_retire then
    update waymark.account_person l set ended_at = p_now, ended_reason = 'number_passed_on'
     where l.account_id = any (v_old) and l.ended_at is null;
  end if;
  -- what nobody is left on keeps nobody out, and opens nothing once somebody else signs in with the number
  with retired as (
    update waymark.account a set retired_at = p_now
     where a.id = any (v_old) and a.id <> p_account and not waymark.account_used(a.id) returning a.id)
  update waymark.device_session d set ended_at = p_now, end_reason = 'number_passed_on'
    from retired where d.account_id = retired.id and d.ended_at is null;
  if p_account = any (v_old) then
    if not exists (select 1 from waymark.account a where a.id = p_account and a.retired_at is null) then
      return false;
    end if;
  else
    select a.line_id into v_line from waymark.account a where a.id = any (v_old) and a.retired_at is null
     order by a.created_at, a.id limit 1;
    insert into waymark.account (id, number, number_key, number_key_version, line_id, created_at)
    values (p_account, p_number, p_number_key, p_number_key_version, coalesce(v_line, p_account), p_now);
  end if;
  insert into waymark.account_person (account_id, person_id, force_id, number_held, linked_at)
  select p_account, c.person_id, c.force_id, coalesce(p.mobile_key = any (c.number_keys), false), p_now
    from waymark.person p where p.id = c.person_id;
  update waymark.invitation i set taken_up_at = p_now, code = null where i.id = c.id;
  return true;
end $$;
comment on function waymark.gate_take_up is
  'links the invited person to an account of the verified number, their own or a new one, once; ends what must not carry over and '
  'tells those forces';

create or replace function waymark.gate_open_session(p_code uuid, p_account uuid, p_session uuid, p_name bytea, p_platform text,
    p_refresh uuid, p_refresh_key bytea, p_usual timestamptz, p_short timestamptz, p_longest int, p_now timestamptz)
  returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform 1 from waymark.sign_in_code c join waymark.account a on a.number_key = any (c.number_keys) and a.retired_at is null
   where c.id = p_code and c.used_at is not null and c.opened_session is null and a.id = p_account
     and (c.account_id = a.id
          or exists (select 1 from waymark.invitation i join waymark.account_person l on l.person_id = i.person_id
                      where i.id = c.invitation_id and l.account_id = a.id and l.ended_at is null)) for update of c;
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
comment on function waymark.gate_open_session is
  'one session a used code, on the live account that it was sent for, or of the person whose invitation it took up';

create or replace function waymark.gate_code_persons(p_code uuid)
  returns table (force_id uuid, person_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    with code as (
      select c.account_id, c.invitation_id from waymark.sign_in_code c
       where c.id = p_code and c.released and waymark.ctx_kind() = 'nobody'
    ), concerned as (
      select link.person_id from code
        join waymark.account a on a.id = code.account_id and a.retired_at is null
        join waymark.account_person link on link.account_id = a.id and link.ended_at is null
      union
      select i.person_id from code join waymark.invitation i on i.id = code.invitation_id
    )
    select p.force_id, p.id from concerned join waymark.person p on p.id = concerned.person_id order by p.force_id, p.id
  $$;

create or replace function waymark.gate_use_spoken_code(p_code uuid, p_account uuid, p_pin_hash bytea, p_session uuid, p_name bytea,
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
    insert into waymark.account (id, line_id, created_at) values (p_account, p_account, p_now);
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

-- A new number is one person's: whoever else was reached on the old one stays there, and their unit asks whether that is right.
drop function waymark.gate_move_number(uuid, bytea, bytea, int, bytea[], timestamptz);
create function waymark.gate_move_number(p_change uuid, p_number bytea, p_key bytea, p_key_version int, p_keys bytea[],
    p_items uuid[], p_now timestamptz, p_case_now timestamptz, p_due timestamptz) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  c waymark.contact_change;
  v_line uuid;
  v_same boolean;
  v_others uuid[];
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
  perform pg_advisory_xact_lock(hashtextextended('number ' || encode(p_key, 'hex'), 0));
  select a.line_id, coalesce(a.number_key = any (p_keys), false) into v_line, v_same
    from waymark.account a where a.id = c.account_id and a.retired_at is null for update;
  if not found then
    return 'over';
  end if;
  if not v_same then
    select array_agg(x.id) into v_others from (
      select a.id from waymark.account a where a.number_key = any (p_keys) and a.retired_at is null order by a.id for update) x;
    if exists (select 1 from unnest(v_others) o(id) where waymark.account_used(o.id)) then
      return 'taken';
    end if;
    -- nobody is left on them, so they keep nobody out
    update waymark.device_session d set ended_at = p_now, end_reason = 'number_passed_on'
     where d.account_id = any (v_others) and d.ended_at is null;
    update waymark.account a set retired_at = p_now where a.id = any (v_others);
    -- the line is the change's: the account's own id may be that of the line that others stay on
    update waymark.account a
       set number = p_number, number_key = p_key, number_key_version = p_key_version, line_id = c.id where a.id = c.account_id;
    insert into waymark.work_item (id, force_id, kind, dedupe_key, person_id, reason, due_at, created_at)
    select p_items[o.place], o.force_id, 'number_passed_on', 'number_passed_on:' || o.id || ':' || c.id, o.id,
           'shared_number_left', p_due, p_case_now
      from (select p.id, p.force_id, row_number() over (order by p.id) as place from waymark.people_of_line(v_line) p) o
     where o.place <= cardinality(p_items)
    on conflict do nothing;
  end if;
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
  'a confirmed change moves its account to the new number and signs its other devices out; taken: another live account has it; '
  'suspect: by now it is held for a suspect';

do $$
declare f regprocedure;
begin
  for f in
    select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'waymark'
       and p.proname in ('people_of_line', 'account_used', 'account_needs_pin', 'gate_pin_needed', 'gate_pins_beside', 'gate_together',
                         'gate_code_accounts', 'gate_code_facts', 'gate_decide_code', 'gate_verify_code', 'gate_sharing',
                         'gate_sharing_parts', 'gate_move_number')
  loop
    execute format('alter function %s owner to waymark_gate', f);
    execute format('revoke all on function %s from public', f);
    if f::text ~ '(^|\.)gate_' then
      execute format('grant execute on function %s to waymark_app', f);
    end if;
  end loop;
end $$;
