-- Whether the extra reminders do any good: who is left without them for a time, by chance, and what came of each court date.
create table waymark.reminder_trial (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  share integer not null check (share between 10 and 50 and share % 10 = 0),
  approved_by text not null,
  started_by text not null,
  started_at timestamptz not null,
  ended_by text,
  ended_at timestamptz
);
comment on table waymark.reminder_trial is
  'A time in which a share of people has no extra reminders, so that it can be seen what these do. None runs unless a supervisor starts it.';
comment on column waymark.reminder_trial.from_day is 'the first day of court dates that count';
comment on column waymark.reminder_trial.to_day is 'the last day of court dates that count';
comment on column waymark.reminder_trial.share is 'how many of a hundred are left without';
comment on column waymark.reminder_trial.approved_by is 'who allowed it, as the supervisor put it: somebody else than whoever started it';
comment on column waymark.reminder_trial.started_at is 'case time';
comment on column waymark.reminder_trial.ended_at is 'case time; null while it goes on, or until its days are over';
create unique index reminder_trial_one on waymark.reminder_trial (force_id) where ended_at is null;
comment on index waymark.reminder_trial_one is 'one at a time: asked of each reminder that falls due';

create table waymark.reminder_trial_arm (
  trial_id uuid not null references waymark.reminder_trial,
  person_id uuid not null references waymark.person,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  stratum text not null,
  place integer not null,
  held_out boolean not null,
  drawn_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  primary key (trial_id, person_id),
  unique (trial_id, stratum, place)
);
comment on table waymark.reminder_trial_arm is 'Which way the lot fell for a person: drawn once, and what is reckoned with whatever follows.';
comment on column waymark.reminder_trial_arm.case_id is 'of the court date that was the first to draw';
comment on column waymark.reminder_trial_arm.stratum is 'kind of hearing and unit: the lots are even within each';
comment on column waymark.reminder_trial_arm.place is 'the how manieth of the stratum, from 0';
comment on column waymark.reminder_trial_arm.drawn_at is 'case time';
comment on column waymark.reminder_trial_arm.ended_at is 'case time from which the person has reminders again; they stay in what is reckoned';
comment on column waymark.reminder_trial_arm.ended_by is 'the member of staff; null where they may not be part of it any more';
create index reminder_trial_arm_of_person on waymark.reminder_trial_arm (person_id);
comment on index waymark.reminder_trial_arm_of_person is 'when two turn out to be one person';

create table waymark.hearing_outcome (
  hearing_id uuid not null references waymark.hearing,
  person_id uuid not null references waymark.person,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  outcome text not null check (outcome in ('attended_heard', 'attended_not_needed', 'did_not_attend', 'did_not_go_ahead', 'not_known')),
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (hearing_id, person_id)
);
comment on table waymark.hearing_outcome is 'What came of a court date for somebody who had to be there, as the unit put it down.';
comment on column waymark.hearing_outcome.recorded_at is 'case time';
create index hearing_outcome_of_person on waymark.hearing_outcome (person_id);
comment on index waymark.hearing_outcome_of_person is 'the first one that counts of each person, and when two turn out to be one';

do $$
declare t text;
begin
  foreach t in array array['reminder_trial', 'reminder_trial_arm', 'hearing_outcome'] loop
    execute format('alter table waymark.%I enable row level security', t);
    execute format('alter table waymark.%I force row level security', t);
    execute format('create policy own_force on waymark.%I to waymark_app
                      using (force_id = (select waymark.ctx_force()))
                      with check (force_id = (select waymark.ctx_force()))', t);
    execute format('grant select, insert, update on waymark.%I to waymark_app', t);
  end loop;
  foreach t in array array['reminder_trial_arm', 'hearing_outcome'] loop
    execute format('create policy named_only on waymark.%I as restrictive to waymark_app
                      using ((select waymark.ctx_kind()) is distinct from ''staff'' or waymark.case_open(case_id))
                      with check (true)', t);
    execute format('grant delete on waymark.%I to waymark_app', t);
  end loop;
end $$;
