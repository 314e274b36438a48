-- When people are reminded of court dates: the plan of a force for each kind of hearing, and what follows from it for each
-- hearing and person. Versions of plans only ever grow; a reminder is settled once.
create table waymark.reminder_plan (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  kind text not null,
  version integer not null,
  saved_at timestamptz not null,
  saved_by text not null,
  unique (force_id, kind, version)
);
comment on table waymark.reminder_plan is
  'What a force reminds of, by kind of hearing; the newest version counts. A kind without one has the plan that all forces share.';
comment on column waymark.reminder_plan.saved_at is 'case time';
comment on column waymark.reminder_plan.saved_by is 'the member of staff';

create table waymark.reminder_step (
  plan_id uuid not null references waymark.reminder_plan,
  step integer not null,
  force_id uuid not null references waymark.force,
  days_before integer not null check (days_before between 1 and 60),
  working_days boolean not null,
  at_time time not null,
  words text not null check (words in ('question', 'details')),
  only_required boolean not null,
  primary key (plan_id, step)
);
comment on table waymark.reminder_step is 'One reminder of a plan; a plan with none reminds of nothing.';
comment on column waymark.reminder_step.working_days is 'whether days_before counts working days only';
comment on column waymark.reminder_step.at_time is 'by the clock on the wall in London';

create table waymark.reminder (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  hearing_id uuid not null references waymark.hearing,
  person_id uuid not null references waymark.person,
  hearing_version integer not null,
  words text not null check (words in ('question', 'details')),
  only_required boolean not null,
  due_at timestamptz not null,
  useless_from timestamptz not null,
  state text not null check (state in ('planned', 'queued', 'done', 'skipped')),
  reason text,
  subject_ref uuid,
  asked_in uuid,
  planned_at timestamptz not null,
  settled_at timestamptz
);
comment on table waymark.reminder is 'That somebody is to be reminded of a court date, or was, or why not.';
comment on column waymark.reminder.hearing_version is 'of the hearing as it was planned for; another one makes it untrue';
comment on column waymark.reminder.due_at is 'case time at which it is looked at again, and sent if it is still true';
comment on column waymark.reminder.useless_from is 'case time from which it comes too late: they leave home, or the next one is due';
comment on column waymark.reminder.state is 'queued: a message says it; done: that message has ended; skipped: none ever will';
comment on column waymark.reminder.reason is 'why it was skipped, or how its message ended';
comment on column waymark.reminder.subject_ref is
  'subject of its message: several hearings of one person may share one; null until there is a message';
comment on column waymark.reminder.asked_in is 'the request of staff to remind now that made it; null for one of a plan';
comment on column waymark.reminder.settled_at is 'case time';
create unique index reminder_once on waymark.reminder (hearing_id, person_id, due_at, words) where state in ('planned', 'queued');
comment on index waymark.reminder_once is 'nobody is reminded twice of the same by the same step';
create index reminder_due on waymark.reminder (force_id, due_at) where state = 'planned';
comment on index waymark.reminder_due is 'what has fallen due';
create index reminder_by_hearing on waymark.reminder (hearing_id, person_id, due_at);
comment on index waymark.reminder_by_hearing is 'planned anew when the hearing changes; the list of a hearing';
create index reminder_of_person on waymark.reminder (person_id) where state = 'planned';
comment on index waymark.reminder_of_person is 'what one message can say together';
create index reminder_by_subject on waymark.reminder (subject_ref) where subject_ref is not null;
comment on index waymark.reminder_by_subject is 'asked with each message that is about to go, has ended or was answered';
create index reminder_by_request on waymark.reminder (asked_in) where asked_in is not null;
comment on index waymark.reminder_by_request is 'the answer to a request of staff';

do $$
declare t text;
begin
  foreach t in array array['reminder_plan', 'reminder_step', 'reminder'] loop
    execute format('alter table waymark.%I enable row level security', t);
    execute format('alter table waymark.%I force row level security', t);
    execute format('create policy own_force on waymark.%I to waymark_app
                      using (force_id = (select waymark.ctx_force()))
                      with check (force_id = (select waymark.ctx_force()))', t);
    execute format('grant select, insert on waymark.%I to waymark_app', t);
  end loop;
end $$;
create policy named_only on waymark.reminder as restrictive to waymark_app
  using ((select waymark.ctx_kind()) is distinct from 'staff' or waymark.case_open(case_id))
  with check (true);
grant update (state, reason, subject_ref, due_at, settled_at) on waymark.reminder to waymark_app;
