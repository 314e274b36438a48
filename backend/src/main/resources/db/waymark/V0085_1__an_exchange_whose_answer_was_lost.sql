-- The answer to an exchange of a refresh token can be lost on its way. Who says what they called that exchange, a text that only the device
-- has, is given other tokens, and those that nobody got are ended. Anybody else who sends a used token ends the session as before.
alter table waymark.refresh_token add column attempt_key bytea;
comment on column waymark.refresh_token.attempt_key is
  'keyed hash of what the device called the exchange of this token; null: none was said, or what came of it has been exchanged since';

drop function waymark.gate_refresh;
create function waymark.gate_refresh(p_keys bytea[], p_attempts bytea[], p_new uuid, p_new_key bytea, p_usual timestamptz,
    p_short timestamptz, p_longest int, p_repeated timestamptz, p_now timestamptz)
  returns table (account_id uuid, session_id uuid, auth_time timestamptz)
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
  if t.used_at is not null and (t.used_at <= p_repeated or (t.attempt_key = any (p_attempts)) is not true) then
    update waymark.device_session d set ended_at = p_now, end_reason = 'refresh_reuse' where d.id = s.id;
    return;
  end if;
  v_until := waymark.refresh_until(s.account_id, s.auth_time, p_usual, p_short, p_longest);
  -- the account may have come under the short rule since this token was given: then that rule counts from its issue
  if t.expires_at <= p_now or v_until <= p_now
      or waymark.account_short(s.account_id) and t.issued_at + (p_short - p_now) <= p_now then
    return;
  end if;
  if t.used_at is null then
    -- its own token has arrived: whoever repeats the exchange before this one is not that device
    update waymark.refresh_token r set attempt_key = null where r.session_id = s.id and r.attempt_key is not null;
    update waymark.refresh_token r set used_at = p_now, attempt_key = p_attempts[1] where r.id = t.id;
  else
    update waymark.refresh_token r set used_at = p_now where r.session_id = s.id and r.used_at is null;
  end if;
  insert into waymark.refresh_token (id, session_id, token_key, issued_at, expires_at)
  values (p_new, s.id, p_new_key, p_now, v_until);
  update waymark.device_session d set last_seen_at = p_now where d.id = s.id;
  return query select s.account_id, s.id, s.auth_time;
end $$;
comment on function waymark.gate_refresh is
  'rotates a refresh token, never the time of the sign-in; one that was used before ends its session and gives nothing, unless the same '
  'exchange is asked for again (p_attempts, the newest key first; none: null), it was made after p_repeated, and what came of it is unused';
alter function waymark.gate_refresh owner to waymark_gate;
revoke all on function waymark.gate_refresh from public;
grant execute on function waymark.gate_refresh to waymark_app;
