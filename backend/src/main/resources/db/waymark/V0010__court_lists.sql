-- What published court lists say, as far as it concerns cases of a force: a day, a court, a kind of hearing. Nothing of
-- a defendant, no reference of a court and no note is kept, and nothing of cases that are not known.
create table waymark.court_list (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  list_key text not null,
  document_key text not null,
  published_at timestamptz not null,
  edition int not null,
  unique (force_id, list_key)
);
comment on table waymark.court_list is 'Lists of which an edition was taken in. A later one of the same key replaces what it said.';
comment on column waymark.court_list.list_key is 'format, court and period';
comment on column waymark.court_list.document_key is 'hash of format, court and the document''s own id: it is known again when its dates were changed';
comment on column waymark.court_list.edition is 'counts what was taken in; of two at once, the one that is not the last stops';
create index court_list_by_document on waymark.court_list (force_id, document_key);

create table waymark.listed_hearing (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  on_date date,
  week_of date,
  starts_at timestamptz,
  court text not null,
  kind text,
  room text,
  restricted boolean not null,
  standing boolean not null,
  changes int not null,
  said_at timestamptz not null,
  check (num_nonnulls(on_date, week_of) = 1)
);
comment on table waymark.listed_hearing is 'A hearing day of a case as lists tell it; its id is the hearing_id of its events.';
comment on column waymark.listed_hearing.on_date is 'the day in the UK; the Monday in week_of where only the week is known';
comment on column waymark.listed_hearing.standing is 'false: lists took it off';
comment on column waymark.listed_hearing.changes is 'events about it so far: makes the next one''s id';
comment on column waymark.listed_hearing.said_at is 'when its last event happened: the next one is later';
create index listed_hearing_by_case on waymark.listed_hearing (case_id) where standing;

create table waymark.court_listing (
  list_id uuid not null references waymark.court_list,
  hearing_id uuid not null references waymark.listed_hearing,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  on_date date,
  week_of date,
  starts_at timestamptz,
  court text not null,
  kind text,
  room text,
  restricted boolean not null,
  primary key (list_id, hearing_id),
  check (num_nonnulls(on_date, week_of) = 1)
);
comment on table waymark.court_listing is 'What each list says of a hearing. It is off only when the last list that said it leaves it out.';
create index court_listing_by_case on waymark.court_listing (case_id);

do $$
declare t text;
begin
  foreach t in array array['court_list', 'listed_hearing', 'court_listing'] loop
    execute format('alter table waymark.%I enable row level security', t);
    execute format('alter table waymark.%I force row level security', t);
    execute format('create policy own_force on waymark.%I to waymark_app
                      using (force_id = (select waymark.ctx_force()))
                      with check (force_id = (select waymark.ctx_force()))', t);
    execute format('grant select, insert, update on waymark.%I to waymark_app', t);
  end loop;
end $$;
grant delete on waymark.court_listing to waymark_app;

-- A court service publishes for every force: its system belongs to none, and can do nothing but post lists.
alter table waymark.identity_provider alter column force_id drop not null;
comment on column waymark.identity_provider.force_id is 'null: a national provider, whose tokens may carry national_system and nothing else';

create policy gate_reads on waymark.case_urn for select to waymark_gate using (true);
grant select on waymark.case_urn to waymark_gate;
create policy gate_reads on waymark.court_list for select to waymark_gate using (true);
grant select on waymark.court_list to waymark_gate;

create function waymark.gate_forces_of_list(p_urn_keys text[], p_list_keys text[])
  returns table (force_id uuid, code text)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    select f.id, f.code from waymark.force f
     where waymark.ctx_kind() = 'nobody'
       and (exists (select 1 from waymark.case_urn u where u.force_id = f.id and u.urn_key = any (p_urn_keys))
            or exists (select 1 from waymark.court_list l where l.force_id = f.id and l.list_key = any (p_list_keys)))
     order by f.code
  $$;
alter function waymark.gate_forces_of_list(text[], text[]) owner to waymark_gate;
comment on function waymark.gate_forces_of_list(text[], text[]) is
  'forces that have a case with one of these URNs, or an earlier edition of one of these lists; asked for a national caller';

create function waymark.gate_known_urns(p_urn_keys text[]) returns bigint
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    select count(distinct urn_key) from waymark.case_urn where waymark.ctx_kind() = 'nobody' and urn_key = any (p_urn_keys)
  $$;
alter function waymark.gate_known_urns(text[]) owner to waymark_gate;
comment on function waymark.gate_known_urns(text[]) is 'how many of these URNs any force knows, for a national caller''s count';

revoke all on function waymark.gate_forces_of_list(text[], text[]), waymark.gate_known_urns(text[]) from public;
grant execute on function waymark.gate_forces_of_list(text[], text[]), waymark.gate_known_urns(text[]) to waymark_app;
