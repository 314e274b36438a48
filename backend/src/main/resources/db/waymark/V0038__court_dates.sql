-- The court dates of cases as they stand, for whatever follows from them: reminders, answers, lists. What people read on the
-- timeline comes from the case's events; these rows are brought in line with them in the same transaction.
create table waymark.hearing (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  unit text,
  starts_at timestamptz,
  on_date date,
  week_of date,
  court text,
  ou_code text,
  address text,
  room text,
  kind text not null check (kind in ('first_hearing', 'plea', 'preparation', 'bail', 'trial', 'trial_without_witnesses', 'sentence',
                                     'appeal', 'application', 'other')),
  state text not null check (state in ('listed', 'vacated', 'gone')),
  list_only boolean not null,
  quiet boolean not null,
  on_phones boolean not null,
  event_id uuid not null,
  said_at timestamptz not null,
  taken_in_at timestamptz not null,
  version integer not null,
  check (on_date is null or week_of is null),
  check (starts_at is null or on_date is not null)
);
comment on table waymark.hearing is 'A court date of a case, as all its sources together have it.';
comment on column waymark.hearing.unit is 'code of the witness care unit; null where the force reported none';
comment on column waymark.hearing.starts_at is 'null where only the day or the week is known';
comment on column waymark.hearing.on_date is 'the day in the UK';
comment on column waymark.hearing.week_of is 'the Monday of its week, where the day is not known';
comment on column waymark.hearing.ou_code is 'of the court, as the source wrote it';
comment on column waymark.hearing.state is 'listed; vacated: called off; gone: what was said of it was taken back, or is the same as another one';
comment on column waymark.hearing.list_only is 'only published lists tell of it: nobody is called by them';
comment on column waymark.hearing.quiet is 'the source said that the last news of it is for nobody''s phone';
comment on column waymark.hearing.on_phones is 'whether the case may be told of at all';
comment on column waymark.hearing.event_id is 'what the timeline shows of it now';
comment on column waymark.hearing.said_at is 'when the unit had it from the court: the first of the two clocks';
comment on column waymark.hearing.taken_in_at is 'case time at which it came to stand as it does: the second clock starts no later';
comment on column waymark.hearing.version is 'counts the changes of anything but who is required';
create index hearing_by_case on waymark.hearing (case_id);
comment on index waymark.hearing_by_case is 'asked with each event of a case that has hearings';
create index hearing_by_day on waymark.hearing (force_id, on_date, id) where state = 'listed';
comment on index waymark.hearing_by_day is 'the list of a day or a week';
create index hearing_by_week on waymark.hearing (force_id, week_of, id) where state = 'listed' and week_of is not null;
comment on index waymark.hearing_by_week is 'the few of which only the week is known';

create table waymark.hearing_subject (
  case_id uuid not null references waymark.case_file,
  subject text not null,
  force_id uuid not null references waymark.force,
  hearing_id uuid not null references waymark.hearing,
  primary key (case_id, subject)
);
comment on table waymark.hearing_subject is 'What the sources call a hearing: by it a hearing keeps its id when it moves, or when a second source tells of it.';

create table waymark.hearing_person (
  hearing_id uuid not null references waymark.hearing,
  person_id uuid not null references waymark.person,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  required boolean not null,
  shown boolean not null,
  required_at timestamptz,
  dewarned_at timestamptz,
  primary key (hearing_id, person_id)
);
comment on table waymark.hearing_person is 'Everybody who takes part in a case, or has been required, and how they stand to a hearing.';
comment on column waymark.hearing_person.required is 'has to be there';
comment on column waymark.hearing_person.shown is 'takes part and may know of it as it stands; false for who left, and while an officer has to tell them first';
comment on column waymark.hearing_person.required_at is 'case time at which they were last called; null for who never was';
comment on column waymark.hearing_person.dewarned_at is 'case time at which they were taken off again; null while they are required';
create index hearing_person_by_person on waymark.hearing_person (person_id, hearing_id);
comment on index waymark.hearing_person_by_person is 'a person''s own court dates, and all of one day';

do $$
declare t text;
begin
  foreach t in array array['hearing', 'hearing_subject', 'hearing_person'] loop
    execute format('alter table waymark.%I enable row level security', t);
    execute format('alter table waymark.%I force row level security', t);
    execute format('create policy own_force on waymark.%I to waymark_app
                      using (force_id = (select waymark.ctx_force()))
                      with check (force_id = (select waymark.ctx_force()))', t);
    execute format('create policy named_only on waymark.%I as restrictive to waymark_app
                      using ((select waymark.ctx_kind()) is distinct from ''staff'' or waymark.case_open(case_id))
                      with check (true)', t);
    execute format('grant select, insert, update on waymark.%I to waymark_app', t);
  end loop;
end $$;
create policy own_hearing_part on waymark.hearing_person for select to waymark_app
  using (person_id = any ((select waymark.ctx_persons())::uuid[]) and shown
         and case_id in (select p.case_id from waymark.participant p where p.person_id = any ((select waymark.ctx_persons())::uuid[])));
create policy own_hearing on waymark.hearing for select to waymark_app
  using (on_phones and id in (select hp.hearing_id from waymark.hearing_person hp
                               where hp.person_id = any ((select waymark.ctx_persons())::uuid[])));
