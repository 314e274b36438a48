-- A PIN that somebody would guess may have been set before such were refused, and a birthday may have become known since. Whoever
-- types one is asked, with the sign-in itself, to choose another: what is kept of it goes with the code, within a day.
alter table waymark.sign_in_code add column pin_easy boolean not null default false;
comment on column waymark.sign_in_code.pin_easy is
  'the right PIN was typed, and it is one that somebody near the person would try first; never said but to who signs in with this code';

create function waymark.gate_facts_at_code(p_code uuid, p_account uuid) returns table (person_id uuid, case_id uuid, facts bytea)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select pa.person_id, pa.case_id, pa.facts
    from waymark.sign_in_code c
    join waymark.account a on a.id = p_account and a.number_key = any (c.number_keys) and a.retired_at is null
    join waymark.account_person l on l.account_id = a.id and l.ended_at is null
    join waymark.participant pa on pa.person_id = l.person_id and not pa.removed and pa.facts is not null
   where c.id = p_code and c.decided_at is null and waymark.ctx_kind() = 'nobody'
$$;
comment on function waymark.gate_facts_at_code(uuid, uuid) is
  'what the force said of those on an account that a code is about to be decided for: whether the PIN that was typed is a birthday';

create function waymark.gate_note_easy_pin(p_code uuid) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update waymark.sign_in_code set pin_easy = true
   where id = p_code and decided_at is null and waymark.ctx_kind() = 'nobody'
$$;
comment on function waymark.gate_note_easy_pin(uuid) is 'notes with a code that the right PIN was typed for it, and that somebody would guess it';

create function waymark.gate_pin_was_easy(p_code uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce((select c.pin_easy from waymark.sign_in_code c
                    where c.id = p_code and c.invitation_id is null and waymark.ctx_kind() = 'nobody'), false)
$$;
comment on function waymark.gate_pin_was_easy(uuid) is 'the same, for who uses the code';

do $$
declare
  f regprocedure;
begin
  for f in select p.oid from pg_proc p where p.pronamespace = 'waymark'::regnamespace
       and p.proname in ('gate_facts_at_code', 'gate_note_easy_pin', 'gate_pin_was_easy')
  loop
    execute format('alter function %s owner to waymark_gate', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to waymark_app', f);
  end loop;
end $$;
