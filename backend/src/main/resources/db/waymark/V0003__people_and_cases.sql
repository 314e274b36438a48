create table waymark.person (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  source text not null,
  source_person_id text not null,
  details bytea,
  mobile bytea,
  mobile_key bytea,
  mobile_key_version int,
  mobile_safe text not null default 'unknown' check (mobile_safe in ('safe', 'unsafe', 'unknown')),
  language text not null default 'en' check (language in ('en', 'cy')),
  language_known boolean not null default false,
  chosen_language text check (chosen_language in ('en', 'cy')),
  chosen_discreet boolean,
  preferences_version int not null default 1,
  deceased boolean not null default false,
  safety boolean not null default false,
  merged_into uuid references waymark.person,
  facts_key text collate "C",
  unique (force_id, source, source_person_id)
);
comment on table waymark.person is
  'What one source of one force calls a person. Never merged or linked by number, name or birthday.';
comment on column waymark.person.details is 'sealed JSON: names, birthday, organisation';
comment on column waymark.person.mobile is 'sealed E.164; not kept for the dead';
comment on column waymark.person.mobile_key is 'keyed hash of the number, for look-ups; mobile_key_version says by which key';
comment on column waymark.person.safety is 'some case of this person carries a safety flag: unknown means no outbound, discreet by default';
comment on column waymark.person.chosen_language is 'the person''s own choice; wins over what the force reported';
comment on column waymark.person.facts_key is 'place in the order of events of the facts held here: the latest wins';
create index person_by_mobile on waymark.person (mobile_key) where mobile_key is not null;
comment on index waymark.person_by_mobile is 'an inbound text finds the persons of its number';

create table waymark.case_file (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  crime_reference text not null,
  crime_reference_key text not null,
  recorded boolean not null default false,
  on_phones boolean not null default true,
  safety boolean not null default false,
  stage text not null default 'reported'
    check (stage in ('reported', 'investigation', 'charged', 'court', 'outcome', 'sentenced', 'appeal', 'closed')),
  version bigint not null default 0,
  state bytea,
  updated_at timestamptz not null,
  unique (force_id, crime_reference_key)
);
comment on table waymark.case_file is
  'A case as folded from its events. Until crime_recorded comes it is empty and nobody can see it.';
comment on column waymark.case_file.crime_reference_key is 'trimmed, upper case, no spaces; slashes tell crimes apart';
comment on column waymark.case_file.on_phones is 'false: the force keeps this case off phones';
comment on column waymark.case_file.state is 'sealed JSON: offence in plain words, officer, unit, URNs, flags';
comment on column waymark.case_file.version is 'counts changes; the ETag';

create table waymark.case_event (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  source text not null,
  source_event_id text not null,
  type text not null,
  schema_version int not null default 1,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  backfill boolean not null default false,
  notifies boolean not null default false,
  content_mac bytea not null,
  content_mac_version int not null,
  payload bytea not null,
  sort_key text collate "C" not null,
  unique (force_id, source, source_event_id)
);
comment on table waymark.case_event is 'Accepted canonical events, as they came. The state of a case is a fold over them.';
comment on column waymark.case_event.payload is 'sealed JSON; numbers held for a suspect are taken out before';
comment on column waymark.case_event.content_mac is 'keyed hash of the whole event: same id with other content is refused';
comment on column waymark.case_event.notifies is 'decided at acceptance: young enough and not backfill';
create index case_event_by_case on waymark.case_event (case_id);

create table waymark.participant (
  case_id uuid not null references waymark.case_file,
  person_id uuid not null references waymark.person,
  force_id uuid not null references waymark.force,
  role text not null check (role in ('victim', 'witness', 'bereaved_relative', 'parent', 'guardian', 'social_worker',
                                     'family_spokesperson', 'business_contact')),
  removed boolean not null default false,
  facts bytea,
  facts_key text collate "C" not null,
  primary key (case_id, person_id)
);
comment on table waymark.participant is 'Who takes part in a case, and as what.';
comment on column waymark.participant.facts is 'sealed JSON of the person as this case''s events tell it; the latest case wins on person';
create index participant_by_person on waymark.participant (person_id);
comment on index waymark.participant_by_person is 'a person''s cases, and the policies that ask for them';

create table waymark.timeline_entry (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  occurred_at timestamptz not null,
  received_at timestamptz not null,
  sort_key text collate "C" not null,
  kind text not null,
  witness_sees boolean not null,
  body bytea not null
);
comment on table waymark.timeline_entry is 'What people read, made by the fold. One row an event that has something to say.';
comment on column waymark.timeline_entry.sort_key is 'occurred_at, source and source event id: the order of the fold';
comment on column waymark.timeline_entry.witness_sees is 'the contract''s table of what a role sees, at the row, so that the policy holds it';
comment on column waymark.timeline_entry.body is 'sealed JSON: words in both languages';
create index timeline_by_case on waymark.timeline_entry (case_id, sort_key desc);

create table waymark.text_decision (
  event_id uuid primary key references waymark.case_event,
  force_id uuid not null references waymark.force,
  show boolean not null,
  decided_by text not null,
  decided_at timestamptz not null
);
comment on table waymark.text_decision is 'Staff decided whether a force''s free text that was held back may be shown.';

create table waymark.suspect_number (
  event_id uuid not null references waymark.case_event,
  number_key bytea not null,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  number_key_version int not null,
  primary key (event_id, number_key)
);
comment on table waymark.suspect_number is
  'Numbers held for a suspect: keyed hashes only, never shown, and no answer ever differs by them.';
create index suspect_number_by_case on waymark.suspect_number (case_id);

create table waymark.announcement (
  event_id uuid not null references waymark.case_event,
  person_id uuid not null references waymark.person,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  dedupe_key text not null,
  wanted boolean not null,
  primary key (event_id, person_id)
);
comment on table waymark.announcement is 'Which event is told to whom. wanted turns false when it is overtaken, retracted or the person leaves.';
create index announcement_by_case on waymark.announcement (case_id);

create table waymark.quarantined_event (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  source text not null,
  source_event_id text,
  type text,
  reason text not null,
  detail text not null,
  body bytea not null,
  body_mac bytea not null,
  received_at timestamptz not null,
  replayed_at timestamptz,
  replay_status text,
  unique (force_id, body_mac)
);
comment on table waymark.quarantined_event is 'Events that were refused, and why. A refused event never counts as seen.';
comment on column waymark.quarantined_event.body is 'sealed, as it came';
comment on column waymark.quarantined_event.body_mac is 'keyed hash: a feed that repeats a bad event fills the list once';
comment on column waymark.quarantined_event.detail is 'names fields and rules, never values';
create index quarantined_waiting on waymark.quarantined_event (force_id, id) where replayed_at is null;

create table waymark.work_item (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  kind text not null,
  dedupe_key text not null,
  case_id uuid references waymark.case_file,
  person_id uuid references waymark.person,
  subject_id uuid,
  reason text not null,
  detail bytea,
  due_at timestamptz not null,
  created_at timestamptz not null,
  claimed_by text,
  claimed_at timestamptz,
  completed_at timestamptz,
  outcome text,
  note bytea,
  unique (force_id, dedupe_key)
);
comment on table waymark.work_item is 'What waits for a person: whatever could not be told, held text, replies. Nothing ends in silence.';
comment on column waymark.work_item.detail is 'sealed text';
create index work_item_open on waymark.work_item (force_id, due_at, id) where completed_at is null;
comment on index waymark.work_item_open is 'the queue, by what is due first';

-- Row-level security. Staff, systems and workers see their force; a person sees what is theirs, and only where the
-- force has recorded the crime and lets the case be on phones. Only a force writes.
do $$
declare t text;
begin
  foreach t in array array['person', 'case_file', 'case_event', 'participant', 'timeline_entry', 'text_decision',
                           'suspect_number', 'announcement', 'quarantined_event', 'work_item'] loop
    execute format('alter table waymark.%I enable row level security', t);
    execute format('alter table waymark.%I force row level security', t);
    execute format('create policy own_force on waymark.%I to waymark_app
                      using (force_id = (select waymark.ctx_force()))
                      with check (force_id = (select waymark.ctx_force()))', t);
    execute format('grant select, insert, update on waymark.%I to waymark_app', t);
  end loop;
end $$;
grant delete on waymark.timeline_entry, waymark.suspect_number to waymark_app;

create policy own_self on waymark.person for select to waymark_app
  using (id = any ((select waymark.ctx_persons())::uuid[]));
create policy own_part on waymark.participant for select to waymark_app
  using (person_id = any ((select waymark.ctx_persons())::uuid[]) and not removed);
create policy own_case on waymark.case_file for select to waymark_app
  using (recorded and on_phones
         and id in (select p.case_id from waymark.participant p
                     where p.person_id = any ((select waymark.ctx_persons())::uuid[]) and not p.removed));
create policy own_timeline on waymark.timeline_entry for select to waymark_app
  using (case_id in (select p.case_id
                       from waymark.participant p join waymark.case_file c on c.id = p.case_id
                      where p.person_id = any ((select waymark.ctx_persons())::uuid[]) and not p.removed
                        and (timeline_entry.witness_sees or p.role <> 'witness')));
-- a person changes only their own choices, through the gate function below
create policy gate_person on waymark.person to waymark_gate using (true);
create policy gate_participant on waymark.participant for select to waymark_gate using (true);
create policy gate_case on waymark.case_file for select to waymark_gate using (true);
grant select, update on waymark.person to waymark_gate;
grant select on waymark.participant, waymark.case_file to waymark_gate;
