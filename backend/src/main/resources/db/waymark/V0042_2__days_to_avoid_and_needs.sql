-- What people ask for about the day itself: the days on which they cannot come, and what they need there. It is a wish: what is
-- possible is for the court to say.
create table waymark.court_wish (
  id uuid primary key,
  person_id uuid not null references waymark.person,
  case_id uuid not null references waymark.case_file,
  force_id uuid not null references waymark.force,
  kind text not null check (kind in ('availability', 'needs')),
  words bytea not null,
  version integer not null,
  given_at timestamptz not null,
  unique (case_id, person_id, kind)
);
comment on table waymark.court_wish is 'Days to avoid, and needs for the day, of a person in a case: as they last said.';
comment on column waymark.court_wish.words is 'sealed JSON: dates with reasons, or needs';
comment on column waymark.court_wish.version is 'counts the changes';
comment on column waymark.court_wish.given_at is 'case time of the last change';
create index court_wish_by_person on waymark.court_wish (person_id);
comment on index waymark.court_wish_by_person is 'what one person asked for, in all their cases';

alter table waymark.court_wish enable row level security;
alter table waymark.court_wish force row level security;
create policy own_force on waymark.court_wish to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
create policy named_only on waymark.court_wish as restrictive to waymark_app
  using ((select waymark.ctx_kind()) is distinct from 'staff' or waymark.case_open(case_id)) with check (true);
create policy own_wish on waymark.court_wish for select to waymark_app
  using (person_id = any ((select waymark.ctx_persons())::uuid[])
         and case_id in (select p.case_id from waymark.participant p where p.person_id = any ((select waymark.ctx_persons())::uuid[])));
create policy gate on waymark.court_wish to waymark_gate using (true) with check (true);
grant select, insert, update on waymark.court_wish to waymark_app, waymark_gate;

create function waymark.gate_put_court_wish(p_id uuid, p_person uuid, p_case uuid, p_kind text, p_words bytea, p_version integer,
    p_now timestamptz) returns boolean
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
    update waymark.court_wish w set words = p_words, version = w.version + 1, given_at = p_now
     where w.id = p_id and w.person_id = p_person and w.case_id = p_case and w.kind = p_kind and w.version = p_version;
  end if;
  get diagnostics v_put = row_count;
  return v_put = 1;
end $$;
alter function waymark.gate_put_court_wish owner to waymark_gate;
revoke all on function waymark.gate_put_court_wish from public;
grant execute on function waymark.gate_put_court_wish to waymark_app;
comment on function waymark.gate_put_court_wish is
  'a person''s own days to avoid or needs in a case of theirs; p_version: the one they read, 0 for none. False where it has changed.';
