-- Registrations that cross waited for each other's rows in no order, so that one of them ended as a deadlock. Now whoever
-- registers takes a lock on the session and on the token first, always in the same order, and finds what is committed.
create or replace function waymark.gate_register_push(p_id uuid, p_platform text, p_token bytea, p_token_key bytea,
    p_token_keys bytea[], p_now timestamptz) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_session uuid := waymark.ctx_session();
  v_key bigint;
begin
  -- whatever may be inserted below is asked for by one transaction at a time: nothing is left to collide
  for v_key in
    select distinct hashtextextended(what, 0) as key
      from (select 'push session ' || v_session as what
            union all
            select 'push token ' || encode(k, 'hex') from unnest(array_append(p_token_keys, p_token_key)) as k) named
     where what is not null order by key
  loop
    perform pg_advisory_xact_lock(v_key);
  end loop;
  -- a session that is ending at this moment ends first, or drops what is registered here
  perform 1 from waymark.device_session d where d.id = v_session and d.ended_at is null for share;
  if not found then
    return false;
  end if;
  perform 1 from waymark.push_registration r
   where r.session_id = v_session or r.token_key = any (p_token_keys) or r.token_key = p_token_key order by r.id for update;
  update waymark.push_registration r set platform = p_platform, registered_at = p_now
   where r.session_id = v_session and r.token_key = any (p_token_keys);
  if found then
    return true;
  end if;
  delete from waymark.push_registration r
   where r.session_id = v_session or r.token_key = any (p_token_keys) or r.token_key = p_token_key;
  insert into waymark.push_registration (id, session_id, platform, token, token_key, registered_at)
  values (p_id, v_session, p_platform, p_token, p_token_key, p_now);
  return true;
end $$;

-- What somebody holds at this moment is registered anew, or ends: there is a next time.
create or replace function waymark.gate_clean_up_push(p_now timestamptz) returns int
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare v_gone int;
begin
  delete from waymark.push_registration where id in (
    select r.id from waymark.push_registration r
     where not exists (select 1 from waymark.refresh_token t
                        where t.session_id = r.session_id and t.used_at is null and t.expires_at > p_now)
     order by r.id for update skip locked);
  get diagnostics v_gone = row_count;
  return v_gone;
end $$;
