-- Firebase's stand-in knows which phone an app is on, as Firebase does; here from the account that registered it.
grant usage, create on schema sandbox to waymark_gate;
create function sandbox.phone_of(p_token_keys bytea[]) returns table (account_id uuid, number bytea)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.id, a.number
    from waymark.push_registration r
    join waymark.device_session d on d.id = r.session_id
    join waymark.account a on a.id = d.account_id
   where r.token_key = any (p_token_keys)
$$;
comment on function sandbox.phone_of(bytea[]) is 'the sealed number of the phone that an app is on';
alter function sandbox.phone_of(bytea[]) owner to waymark_gate;
revoke all on function sandbox.phone_of(bytea[]) from public;
grant execute on function sandbox.phone_of(bytea[]) to waymark_app;
