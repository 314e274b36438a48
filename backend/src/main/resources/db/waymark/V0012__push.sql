-- Which app each signed-in device can be told on. A token goes with its session: whatever ends that drops it.
alter table waymark.provider_account drop constraint provider_account_kind_check,
  add constraint provider_account_kind_check check (kind in ('twilio', 'firebase'));
comment on column waymark.provider_account.account_sid is 'Twilio''s account SID, or the id of the Firebase project';
comment on table waymark.provider_account is
  'An account at a message provider. Without a force: the Twilio account that sends one-time codes, and the Firebase project of '
  'the app, which sends for every force that has none of its own. The credential itself lies outside the database.';

create table waymark.push_registration (
  id uuid primary key,
  session_id uuid not null unique references waymark.device_session,
  platform text not null check (platform in ('android', 'ios', 'web', 'other')),
  token bytea not null,
  token_key bytea not null unique,
  registered_at timestamptz not null
);
comment on table waymark.push_registration is
  'The app of a signed-in device. A new token is a new row with a new id, so what Firebase says of a token concerns no later one.';
comment on column waymark.push_registration.token is 'sealed';
comment on column waymark.push_registration.token_key is 'keyed hash: a token belongs to one session, whichever registered it last';
comment on column waymark.push_registration.registered_at is 'machine time';

create index refresh_token_unused on waymark.refresh_token (session_id) where used_at is null;
comment on index waymark.refresh_token_unused is 'whether a device can still come back';

alter table waymark.push_registration enable row level security;
alter table waymark.push_registration force row level security;
create policy gate on waymark.push_registration to waymark_gate using (true) with check (true);
grant select, insert, update, delete on waymark.push_registration to waymark_gate;
create policy own_app on waymark.push_registration to waymark_app
  using (session_id = (select waymark.ctx_session()));
grant select (id, session_id, platform, registered_at), delete on waymark.push_registration to waymark_app;

-- sessions end in seven ways; here none is forgotten
create function waymark.forget_push() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from waymark.push_registration where session_id = new.id;
  return null;
end $$;
comment on function waymark.forget_push() is 'a session that has ended is told nothing any more';
create trigger forget_push after update of ended_at on waymark.device_session
  for each row when (old.ended_at is null and new.ended_at is not null) execute function waymark.forget_push();

create function waymark.gate_register_push(p_id uuid, p_platform text, p_token bytea, p_token_key bytea,
    p_token_keys bytea[], p_now timestamptz) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_session uuid := waymark.ctx_session();
begin
  -- a session that is ending at this moment ends first, or drops what is registered here
  perform 1 from waymark.device_session d where d.id = v_session and d.ended_at is null for share;
  if not found then
    return false;
  end if;
  loop
    perform 1 from waymark.push_registration r
     where r.session_id = v_session or r.token_key = any (p_token_keys) order by r.id for update;
    update waymark.push_registration r set platform = p_platform, registered_at = p_now
     where r.session_id = v_session and r.token_key = any (p_token_keys);
    if found then
      return true;
    end if;
    delete from waymark.push_registration r where r.session_id = v_session or r.token_key = any (p_token_keys);
    begin
      insert into waymark.push_registration (id, session_id, platform, token, token_key, registered_at)
      values (p_id, v_session, p_platform, p_token, p_token_key, p_now);
      return true;
    exception when unique_violation then
      null; -- registered elsewhere at the same moment: looked at again, and the last one has it
    end;
  end loop;
end $$;
comment on function waymark.gate_register_push is
  'the session''s app; a token that another session registered moves here. False where the session has ended';

create function waymark.gate_push_devices(p_persons uuid[], p_now timestamptz)
  returns table (person_id uuid, registration_id uuid, token bytea)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select asked.id, r.id, r.token
    from waymark.person asked
    join waymark.account_person link on link.person_id = asked.id and link.ended_at is null
    join waymark.account a on a.id = link.account_id and a.retired_at is null
    join waymark.device_session d on d.account_id = a.id and d.ended_at is null
    join waymark.push_registration r on r.session_id = d.id
   where asked.id = any (p_persons) and asked.force_id = waymark.ctx_force() and waymark.ctx_kind() = 'worker'
     and exists (select 1 from waymark.refresh_token t
                  where t.session_id = d.id and t.used_at is null and t.expires_at > p_now)
   order by asked.id, d.signed_in_at, r.id
$$;
comment on function waymark.gate_push_devices(uuid[], timestamptz) is
  'For a worker''s own force: the apps of each person''s signed-in devices, the one that signed in first comes first; none of a device that was '
  'away so long that it must sign in again.';

create function waymark.gate_drop_push(p_id uuid) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from waymark.push_registration where id = p_id;
  return found;
end $$;
comment on function waymark.gate_drop_push(uuid) is
  'Firebase knows the token of this registration no more; false where it has been replaced or dropped since';

create function waymark.gate_clean_up_push(p_now timestamptz) returns int
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare v_gone int;
begin
  delete from waymark.push_registration r
   where not exists (select 1 from waymark.refresh_token t
                      where t.session_id = r.session_id and t.used_at is null and t.expires_at > p_now);
  get diagnostics v_gone = row_count;
  return v_gone;
end $$;
comment on function waymark.gate_clean_up_push(timestamptz) is 'removes the tokens of devices that must sign in again';

do $$
declare f regprocedure;
begin
  for f in
    select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'waymark'
       and p.proname in ('forget_push', 'gate_register_push', 'gate_push_devices', 'gate_drop_push', 'gate_clean_up_push')
  loop
    execute format('alter function %s owner to waymark_gate', f);
    execute format('revoke all on function %s from public', f);
    if f <> 'waymark.forget_push()'::regprocedure then
      execute format('grant execute on function %s to waymark_app', f);
    end if;
  end loop;
end $$;
