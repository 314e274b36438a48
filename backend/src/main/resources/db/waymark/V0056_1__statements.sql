-- What people say in their own words of what was done to them. A draft is theirs alone: there is no policy by which staff, a
-- system or a worker of a force could read one. What is signed stands as it was signed, for ever.
create table waymark.statement_offer (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  person_id uuid not null references waymark.person,
  via text not null check (via in ('app', 'staff')),
  answer text check (answer in ('wanted', 'not_now', 'declined')),
  offered_by text,
  offered_at timestamptz not null
);
comment on table waymark.statement_offer is 'that somebody was offered to make a statement: when they first saw it, and each time that staff have asked';
comment on column waymark.statement_offer.offered_at is 'case time';
comment on column waymark.statement_offer.answer is 'what they said to staff; null for the app, where a draft says it';
create unique index statement_offer_first_seen on waymark.statement_offer (case_id, person_id) where via = 'app';
comment on index waymark.statement_offer_first_seen is 'of the app the first time counts';

create table waymark.statement_draft (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  person_id uuid not null references waymark.person,
  words bytea not null,
  version integer not null,
  created_at timestamptz not null,
  touched_at timestamptz not null,
  warned_at timestamptz
);
comment on table waymark.statement_draft is 'what somebody is writing and has not signed: nobody else reads it';
comment on column waymark.statement_draft.words is 'sealed JSON';
comment on column waymark.statement_draft.version is 'counts the changes, from 1';
comment on column waymark.statement_draft.touched_at is 'case time of the last change: a draft that nobody touches for long goes';
comment on column waymark.statement_draft.warned_at is 'case time from which its person is shown that it will go';
create index statement_draft_by_person on waymark.statement_draft (person_id, case_id);
create index statement_draft_untouched on waymark.statement_draft (touched_at);
comment on index waymark.statement_draft_untouched is 'which of them go next';

create table waymark.statement_chain (
  force_id uuid primary key references waymark.force,
  number bigint not null,
  hash bytea not null
);
comment on table waymark.statement_chain is 'the last link of each force''s chain of statements: held while the next one is signed';
comment on column waymark.statement_chain.hash is 'SHA-256 of that statement, which names the one before it';

create table waymark.statement (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  maker_id uuid not null references waymark.person,
  number bigint not null,
  medium text not null check (medium in ('app', 'recorded', 'on_paper', 'taken_by_officer', 'translation')),
  signed_at timestamptz not null,
  content bytea not null,
  previous_hash bytea not null,
  hash bytea not null,
  unique (force_id, number)
);
comment on table waymark.statement is 'statements as they were signed, and references to those that are kept elsewhere: added to, never changed';
comment on column waymark.statement.maker_id is 'as it was signed; whose it is now stands in statement_standing';
comment on column waymark.statement.number is 'its place in the force''s chain, from 1';
comment on column waymark.statement.content is 'sealed: the text that hash is made of; sealed anew when a key is replaced, to the same text';
comment on column waymark.statement.hash is 'SHA-256 of the unsealed content, which has the number, the time and the hash before in it, and a random salt';
create index statement_by_case on waymark.statement (case_id);

create table waymark.statement_standing (
  statement_id uuid primary key references waymark.statement,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  person_id uuid not null references waymark.person,
  state text not null check (state in ('signed_being_checked', 'signed', 'set_aside', 'passed_on', 'kept_elsewhere')),
  signed_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  passed_on_at timestamptz,
  reference bytea,
  together boolean not null default false
);
comment on table waymark.statement_standing is 'what became of each statement; nothing of it is part of what was signed';
comment on column waymark.statement_standing.person_id is 'whose it is: the one record of them that counts, after records were merged';
comment on column waymark.statement_standing.decided_at is 'case time at which an officer had spoken to whoever signed it';
comment on column waymark.statement_standing.together is 'it is checked because somebody else with the same number is in a case with a '
  'safety flag: staff know, no answer to its person may show it';
comment on column waymark.statement_standing.reference is 'sealed: what the force''s own system calls it; null before it has it, and where it gave none';
create index statement_standing_by_person on waymark.statement_standing (person_id, signed_at);
create index statement_standing_by_force on waymark.statement_standing (force_id, signed_at, statement_id);

do $$
declare t text;
begin
  foreach t in array array['statement_offer', 'statement_draft', 'statement_chain', 'statement', 'statement_standing'] loop
    execute format('alter table waymark.%I enable row level security', t);
    execute format('alter table waymark.%I force row level security', t);
    execute format('create policy gate on waymark.%I to waymark_gate using (true) with check (true)', t);
  end loop;
  foreach t in array array['statement_offer', 'statement', 'statement_standing'] loop
    execute format('create policy own_force on waymark.%I to waymark_app using (force_id = (select waymark.ctx_force()))
                      with check (force_id = (select waymark.ctx_force()))', t);
    execute format('create policy named_only on waymark.%I as restrictive to waymark_app
                      using ((select waymark.ctx_kind()) is distinct from ''staff'' or waymark.case_open(case_id))
                      with check (true)', t);
  end loop;
end $$;
-- of their own device only: who takes a person's information out for them is staff, and reads no draft
create policy own_draft on waymark.statement_draft for select to waymark_app
  using (person_id = any ((select waymark.ctx_persons())::uuid[]) and (select waymark.ctx_session()) is not null);
create policy own_statement on waymark.statement_standing for select to waymark_app
  using (person_id = any ((select waymark.ctx_persons())::uuid[]));
create policy own_statement on waymark.statement for select to waymark_app
  using (id in (select s.statement_id from waymark.statement_standing s
                 where s.person_id = any ((select waymark.ctx_persons())::uuid[])));
create policy verified on waymark.statement for select to waymark_owner using (true);
create policy verified on waymark.statement_chain for select to waymark_owner using (true);

grant select, insert on waymark.statement_offer to waymark_app;
grant select on waymark.statement_draft, waymark.statement to waymark_app;
grant select, update (person_id, state, decided_at, decided_by, passed_on_at, reference) on waymark.statement_standing to waymark_app;
grant select, insert on waymark.statement_offer to waymark_gate;
grant select, insert, update, delete on waymark.statement_draft to waymark_gate;
grant select, insert, update on waymark.statement_chain to waymark_gate;
-- the content alone, so that it can be sealed under another key
grant select, insert, update (content) on waymark.statement to waymark_gate;
grant select, insert, update (reference) on waymark.statement_standing to waymark_gate;

create function waymark.statement_stands() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    if (new.id, new.force_id, new.case_id, new.maker_id, new.number, new.medium, new.signed_at, new.previous_hash, new.hash)
       is not distinct from (old.id, old.force_id, old.case_id, old.maker_id, old.number, old.medium, old.signed_at,
                             old.previous_hash, old.hash) then
      return new;
    end if;
  end if;
  raise exception 'what is signed stands' using errcode = 'insufficient_privilege';
end $$;
comment on function waymark.statement_stands() is 'a signed statement is neither changed nor taken away, by whoever it be; it can be sealed under another key';
create trigger stands before update or delete on waymark.statement for each row execute function waymark.statement_stands();
create trigger stands_all before truncate on waymark.statement for each statement execute function waymark.statement_stands();
alter table waymark.statement enable always trigger stands;
alter table waymark.statement enable always trigger stands_all;

create function waymark.own_person(p_person uuid) returns void
  language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if waymark.ctx_kind() is distinct from 'person' or waymark.ctx_session() is null or not p_person = any (waymark.ctx_persons()) then
    raise exception 'not a person of this account' using errcode = 'insufficient_privilege';
  end if;
end $$;
comment on function waymark.own_person(uuid) is 'refuses whoever is not signed in as this person on a device of theirs';

create function waymark.gate_offer_statement(p_id uuid, p_person uuid, p_case uuid, p_now timestamptz) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform waymark.own_person(p_person);
  insert into waymark.statement_offer (id, force_id, case_id, person_id, via, offered_at)
  select p_id, cf.force_id, cf.id, p_person, 'app', p_now
    from waymark.case_file cf join waymark.participant pa on pa.case_id = cf.id and pa.person_id = p_person
   where cf.id = p_case and not pa.removed and not pa.quiet
  on conflict (case_id, person_id) where via = 'app' do nothing;
end $$;
comment on function waymark.gate_offer_statement(uuid, uuid, uuid, timestamptz) is 'a person saw that they can make a statement: the first time is kept';

create function waymark.gate_begin_statement(p_id uuid, p_person uuid, p_case uuid, p_words bytea, p_most integer, p_now timestamptz)
  returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare v_role text; v_force uuid;
begin
  perform waymark.own_person(p_person);
  -- two devices that begin at once are counted one after the other
  perform 1 from waymark.person p where p.id = p_person for no key update;
  select pa.role, cf.force_id into v_role, v_force
    from waymark.participant pa join waymark.case_file cf on cf.id = pa.case_id
   where pa.case_id = p_case and pa.person_id = p_person and not pa.removed and not pa.quiet and cf.recorded and cf.on_phones;
  if not found then
    return 'not_there';
  end if;
  if v_role not in ('victim', 'bereaved_relative', 'parent', 'guardian', 'family_spokesperson', 'business_contact') then
    return 'not_asked';
  end if;
  if (select count(*) from waymark.statement_draft d where d.case_id = p_case and d.person_id = p_person) >= p_most then
    return 'too_many';
  end if;
  insert into waymark.statement_draft (id, force_id, case_id, person_id, words, version, created_at, touched_at)
  values (p_id, v_force, p_case, p_person, p_words, 1, p_now, p_now);
  return 'begun';
end $$;
comment on function waymark.gate_begin_statement(uuid, uuid, uuid, bytea, integer, timestamptz) is
  'a draft of a person of this account: begun, not_there, not_asked for the role, or too_many';

create function waymark.gate_save_statement(p_id uuid, p_person uuid, p_words bytea, p_version integer, p_now timestamptz)
  returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform waymark.own_person(p_person);
  update waymark.statement_draft set words = p_words, version = version + 1, touched_at = p_now, warned_at = null
   where id = p_id and person_id = p_person and version = p_version;
  return found;
end $$;
comment on function waymark.gate_save_statement(uuid, uuid, bytea, integer, timestamptz) is
  'what a person has typed, over the version that they read; false where it is another by now';

create function waymark.gate_drop_statement(p_id uuid, p_person uuid, p_version integer) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform waymark.own_person(p_person);
  delete from waymark.statement_draft where id = p_id and person_id = p_person and version = p_version;
  return found;
end $$;
comment on function waymark.gate_drop_statement(uuid, uuid, integer) is 'a person takes away a draft of theirs, as they read it';

create function waymark.statement_link(p_force uuid) returns table (number bigint, hash bytea)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into waymark.statement_chain (force_id, number, hash) values (p_force, 0, '\x') on conflict do nothing;
  return query select k.number, k.hash from waymark.statement_chain k where k.force_id = p_force for update;
end $$;
comment on function waymark.statement_link(uuid) is 'the end of a force''s chain, held until the transaction ends; for the gates below alone';

create function waymark.gate_hold_statement(p_id uuid, p_person uuid)
  returns table (version integer, number bigint, hash bytea)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare d record; k record;
begin
  perform waymark.own_person(p_person);
  select sd.version, sd.force_id into d from waymark.statement_draft sd where sd.id = p_id and sd.person_id = p_person for update;
  if not found then
    return;
  end if;
  select * into k from waymark.statement_link(d.force_id);
  return query select d.version, k.number, k.hash;
end $$;
comment on function waymark.gate_hold_statement(uuid, uuid) is
  'holds a draft and the end of its force''s chain for signing: the version that is held and the last link. No row where '
  'there is no such draft any more';

create function waymark.add_statement(p_id uuid, p_force uuid, p_case uuid, p_person uuid, p_number bigint, p_medium text, p_state text,
    p_together boolean, p_at timestamptz, p_content bytea, p_previous bytea, p_hash bytea) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update waymark.statement_chain set number = p_number, hash = p_hash
   where force_id = p_force and number = p_number - 1 and hash = p_previous;
  if not found then
    raise exception 'this is not the end of the chain' using errcode = 'serialization_failure';
  end if;
  insert into waymark.statement (id, force_id, case_id, maker_id, number, medium, signed_at, content, previous_hash, hash)
  values (p_id, p_force, p_case, p_person, p_number, p_medium, p_at, p_content, p_previous, p_hash);
  insert into waymark.statement_standing (statement_id, force_id, case_id, person_id, state, together, signed_at)
  values (p_id, p_force, p_case, p_person, p_state, p_together, p_at);
end $$;
comment on function waymark.add_statement(uuid, uuid, uuid, uuid, bigint, text, text, boolean, timestamptz, bytea, bytea, bytea) is
  'adds the next link of a force''s chain; for the gates below alone';

create function waymark.gate_sign_statement(p_id uuid, p_person uuid, p_version integer, p_number bigint, p_at timestamptz,
    p_content bytea, p_previous bytea, p_hash bytea) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare d record; v_state text; v_own boolean; v_together boolean;
begin
  perform waymark.own_person(p_person);
  delete from waymark.statement_draft sd where sd.id = p_id and sd.person_id = p_person and sd.version = p_version
    returning sd.force_id, sd.case_id into d;
  if not found then
    return null;
  end if;
  -- whoever holds the phone may have signed: a flag of anybody who is reached on its number counts
  select coalesce(bool_or(p.safety), false), coalesce(bool_or(waymark.gate_flagged_together(p.id)), false) into v_own, v_together
    from waymark.person p where p.id = any (waymark.ctx_persons());
  v_state := case when v_own or v_together then 'signed_being_checked' else 'signed' end;
  perform waymark.add_statement(p_id, d.force_id, d.case_id, p_person, p_number, 'app', v_state, v_together and not v_own, p_at,
                                p_content, p_previous, p_hash);
  return v_state;
end $$;
comment on function waymark.gate_sign_statement(uuid, uuid, integer, bigint, timestamptz, bytea, bytea, bytea) is
  'a draft that is held becomes a signed statement: its state, or null where it is another by now. Where anybody on the number '
  'is in a case with a safety flag it is checked first';

create function waymark.gate_hold_chain(p_case uuid) returns table (number bigint, hash bytea)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if waymark.ctx_kind() is distinct from 'staff'
      or not exists (select 1 from waymark.case_file f where f.id = p_case and f.force_id = waymark.ctx_force())
      or not waymark.case_open(p_case) then
    raise exception 'not a case of theirs' using errcode = 'insufficient_privilege';
  end if;
  return query select k.number, k.hash from waymark.statement_link(waymark.ctx_force()) k;
end $$;
comment on function waymark.gate_hold_chain(uuid) is 'staff put down where a statement is kept: the end of the chain, held';

create function waymark.gate_record_statement(p_id uuid, p_case uuid, p_person uuid, p_number bigint, p_medium text, p_at timestamptz,
    p_content bytea, p_previous bytea, p_hash bytea) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if waymark.ctx_kind() is distinct from 'staff' or p_medium = 'app' or not waymark.case_open(p_case)
      or not exists (select 1 from waymark.participant pa where pa.case_id = p_case and pa.person_id = p_person
                        and pa.force_id = waymark.ctx_force()) then
    raise exception 'not somebody in a case of theirs' using errcode = 'insufficient_privilege';
  end if;
  perform waymark.add_statement(p_id, waymark.ctx_force(), p_case, p_person, p_number, p_medium, 'kept_elsewhere', false, p_at, p_content,
                                p_previous, p_hash);
end $$;
comment on function waymark.gate_record_statement(uuid, uuid, uuid, bigint, text, timestamptz, bytea, bytea, bytea) is
  'staff put down where a statement of somebody in the case is kept, or its translation';

create function waymark.gate_merge_statements(p_merged uuid, p_survivor uuid) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update waymark.statement_draft set person_id = p_survivor where person_id = p_merged and force_id = waymark.ctx_force();
end $$;
comment on function waymark.gate_merge_statements(uuid, uuid) is
  'in a transaction of a force: drafts go with whoever the person is from now on; nobody sees them for it';

create function waymark.gate_erase_statement_drafts(p_person uuid) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from waymark.statement_draft where person_id = p_person and force_id = waymark.ctx_force();
end $$;
comment on function waymark.gate_erase_statement_drafts(uuid) is 'in a transaction of a force: a person wanted it erased; nobody sees them for it';

create function waymark.gate_warn_of_drafts(p_untouched_since timestamptz, p_now timestamptz) returns integer
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare v_warned integer;
begin
  update waymark.statement_draft set warned_at = p_now where touched_at <= p_untouched_since and warned_at is null;
  get diagnostics v_warned = row_count;
  return v_warned;
end $$;
comment on function waymark.gate_warn_of_drafts(timestamptz, timestamptz) is 'from now on the persons of these drafts are shown that they will go';

create function waymark.gate_purge_drafts(p_untouched_since timestamptz, p_warned_since timestamptz, p_most integer) returns integer
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare v_gone integer;
begin
  delete from waymark.statement_draft where id in (
    select id from waymark.statement_draft where touched_at <= p_untouched_since and warned_at <= p_warned_since
     order by touched_at limit p_most for update skip locked);
  get diagnostics v_gone = row_count;
  return v_gone;
end $$;
comment on function waymark.gate_purge_drafts(timestamptz, timestamptz, integer) is
  'takes away drafts that nobody has touched for long, and of which their person was shown for long enough that they will go';

create function waymark.gate_drafts_due() returns table (touched_at timestamptz, warned_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  (select d.touched_at, d.warned_at from waymark.statement_draft d where d.warned_at is null order by d.touched_at limit 1)
  union all
  (select d.touched_at, d.warned_at from waymark.statement_draft d where d.warned_at is not null order by d.touched_at limit 1)
$$;
comment on function waymark.gate_drafts_due() is 'when the oldest drafts were touched and their persons warned, and nothing else of them';

do $$
declare f regprocedure;
begin
  for f in
    select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'waymark' and p.proname in ('gate_offer_statement', 'gate_begin_statement', 'gate_save_statement',
       'gate_drop_statement', 'statement_link', 'gate_hold_statement', 'add_statement', 'gate_sign_statement', 'gate_hold_chain',
       'gate_record_statement', 'gate_merge_statements', 'gate_erase_statement_drafts', 'gate_warn_of_drafts', 'gate_purge_drafts',
       'gate_drafts_due')
  loop
    execute format('alter function %s owner to waymark_gate', f);
    execute format('revoke all on function %s from public', f);
    if f::text !~ '(statement_link|add_statement)\(' then
      execute format('grant execute on function %s to waymark_app', f);
    end if;
  end loop;
end $$;
