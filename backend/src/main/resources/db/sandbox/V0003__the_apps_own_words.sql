-- The app shows its own words, in the language that its account reads in.
drop function sandbox.phone_of(bytea[]);
create function sandbox.phone_of(p_token_keys bytea[]) returns table (account_id uuid, number bytea, language text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.id, a.number,
         coalesce((select coalesce(p.chosen_language, p.language)
                     from waymark.account_person l join waymark.person p on p.id = l.person_id
                    where l.account_id = a.id and l.ended_at is null order by p.id limit 1), 'en')
    from waymark.push_registration r
    join waymark.device_session d on d.id = r.session_id
    join waymark.account a on a.id = d.account_id
   where r.token_key = any (p_token_keys)
$$;
comment on function sandbox.phone_of(bytea[]) is
  'the sealed number of the phone that an app is on, and the language that the app is in';
alter function sandbox.phone_of(bytea[]) owner to waymark_gate;
revoke all on function sandbox.phone_of(bytea[]) from public;
grant execute on function sandbox.phone_of(bytea[]) to waymark_app;
