-- In a case with a family liaison officer nobody reads of an event before the officer has told them; what concerns one
-- person alone is shown to no other. The row says so itself, so that the policy holds it.
alter table waymark.timeline_entry add column shown_to uuid[];
comment on column waymark.timeline_entry.shown_to is
  'the persons who alone may see it: those whom an officer has told, or whom it concerns; null: everyone whose role sees it';

alter table waymark.case_file add column gated boolean not null default false;
comment on column waymark.case_file.gated is 'a family liaison officer tells people before they read of anything';

alter table waymark.participant
  add column quiet boolean not null default false,
  add column minor boolean not null default false,
  add column own_stage text
    check (own_stage in ('reported', 'investigation', 'charged', 'court', 'outcome', 'sentenced', 'appeal', 'closed')),
  add column own_state bytea;
comment on column waymark.participant.quiet is
  'takes part and is not contacted: somebody else is, who acts for them or for whom they act. Sees nothing.';
comment on column waymark.participant.minor is 'under 18 when last looked at, and somebody else acts for them; birthdays are sealed';
create index participant_minor on waymark.participant (force_id) where minor;
comment on index waymark.participant_minor is 'few: those whose birthday is looked for';
comment on column waymark.participant.own_stage is 'the stage by what this person is shown, where that is less than there is; else null';
comment on column waymark.participant.own_state is 'goes with own_stage: sealed JSON as case_file.state';

create table waymark.in_person (
  event_id uuid not null references waymark.case_event,
  person_id uuid not null references waymark.person,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  item_key text,
  ended_at timestamptz,
  told_at timestamptz,
  told_by text,
  primary key (event_id, person_id)
);
comment on table waymark.in_person is 'What an officer has to tell a person, or has told them, face to face.';
comment on column waymark.in_person.item_key is 'its item of the work queue; null where nothing waited when staff said that they had told it';
comment on column waymark.in_person.ended_at is 'case time at which it waited no longer; a column of its own, for what is taken back waits no longer either';
comment on column waymark.in_person.told_at is 'case time at which staff say that the person was told; what the force''s system says stands in the event';
create index in_person_by_case on waymark.in_person (case_id);
comment on index waymark.in_person_by_case is 'asked with each event of a case whose officer tells people first';

alter table waymark.in_person enable row level security;
alter table waymark.in_person force row level security;
create policy own_force on waymark.in_person to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
grant select, insert, update on waymark.in_person to waymark_app;

-- every other policy of a person asks this one for their parts
drop policy own_part on waymark.participant;
create policy own_part on waymark.participant for select to waymark_app
  using (person_id = any ((select waymark.ctx_persons())::uuid[]) and not removed and not quiet);
drop policy own_timeline on waymark.timeline_entry;
create policy own_timeline on waymark.timeline_entry for select to waymark_app
  using (case_id in (select p.case_id
                       from waymark.participant p join waymark.case_file c on c.id = p.case_id
                      where p.person_id = any ((select waymark.ctx_persons())::uuid[]) and not p.removed
                        and (timeline_entry.witness_sees or p.role <> 'witness')
                        and (timeline_entry.shown_to is null or p.person_id = any (timeline_entry.shown_to))));
