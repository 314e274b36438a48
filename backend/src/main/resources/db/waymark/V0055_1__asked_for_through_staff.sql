-- Whoever has no app says on the telephone on which days they cannot come and what they need; staff put it down for them.
alter table waymark.court_wish add column given_by text;
alter table waymark.court_wish add column why bytea;
alter table waymark.court_wish add column parcel_ref uuid;
alter table waymark.court_wish add column passed_on_at timestamptz;
comment on column waymark.court_wish.given_by is 'the member of staff who put it down for the person; null where the person said it here';
comment on column waymark.court_wish.why is 'sealed: how staff came to put it down; null where the person said it here';
comment on column waymark.court_wish.parcel_ref is
  'what went out to the force''s own system for this version of it; null where nothing did. An earlier version''s receipt says nothing of it';
comment on column waymark.court_wish.passed_on_at is 'case time at which the force''s own system said that it has it; null until then';

create or replace function waymark.gate_put_court_wish(p_id uuid, p_person uuid, p_case uuid, p_kind text, p_words bytea,
    p_version integer, p_now timestamptz) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare v_put integer;
begin
  if waymark.ctx_kind() is distinct from 'person' or not p_person = any (waymark.ctx_persons()) then
    raise exception 'not a person of this account' using errcode = 'insufficient_privilege';
  end if;
  if p_version = 0 then
    insert into waymark.court_wish (id, person_id, case_id, force_id, kind, words, version, given_at)
    select p_id, p_person, cf.id, cf.force_id, p_kind, p_words, 1, p_now
      from waymark.case_file cf
      join waymark.participant pa on pa.case_id = cf.id and pa.person_id = p_person and not pa.removed and not pa.quiet
     where cf.id = p_case and cf.recorded and cf.on_phones
    on conflict (case_id, person_id, kind) do nothing;
  else
    update waymark.court_wish w set words = p_words, version = w.version + 1, given_at = p_now, given_by = null, why = null,
           parcel_ref = null, passed_on_at = null
     where w.id = p_id and w.person_id = p_person and w.case_id = p_case and w.kind = p_kind and w.version = p_version;
  end if;
  get diagnostics v_put = row_count;
  return v_put = 1;
end $$;
