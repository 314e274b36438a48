-- What came of a court date for each person: what they were told and how, and what they answered. Whoever tells (a message, a
-- call, a letter) writes the one; whoever takes an answer (app, text, staff) the other. Both only ever grow.
create table waymark.hearing_told (
  id uuid primary key,
  hearing_id uuid not null references waymark.hearing,
  person_id uuid not null references waymark.person,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  version integer not null,
  what text not null check (what in ('notice', 'change', 'reminder', 'off', 'not_needed', 'correction')),
  how text not null check (how in ('push', 'sms', 'email', 'letter', 'call', 'in_person', 'app')),
  state text not null check (state in ('sent', 'reached', 'not_reached')),
  told_at timestamptz not null,
  message_id uuid,
  told_by text,
  unique (message_id, hearing_id, how)
);
comment on table waymark.hearing_told is 'Each time that somebody was told of a court date, by whatever way.';
comment on column waymark.hearing_told.version is 'of the hearing, so that it can be seen whether they know it as it stands';
comment on column waymark.hearing_told.what is
  'the date; that it changed; a reminder of it; that it is off; that this person is not needed; that what was said was wrong';
comment on column waymark.hearing_told.state is 'sent: no receipt yet; reached: it arrived, was read, or was said by a person';
comment on column waymark.hearing_told.told_at is 'case time';
comment on column waymark.hearing_told.message_id is 'null for what was no message';
comment on column waymark.hearing_told.told_by is 'the member of staff who rang, posted or said it; null for a message';
create index hearing_told_by_hearing on waymark.hearing_told (hearing_id, person_id);
comment on index waymark.hearing_told_by_hearing is 'the list of a hearing, and what one person knows of it';

create table waymark.hearing_answer (
  id uuid primary key,
  hearing_id uuid not null references waymark.hearing,
  person_id uuid not null references waymark.person,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  version integer not null,
  answer text not null check (answer in ('yes', 'cannot', 'need_to_talk')),
  via text not null check (via in ('app', 'sms', 'staff')),
  confirmed boolean not null,
  reason bytea,
  answered_at timestamptz not null,
  answered_by text
);
comment on table waymark.hearing_answer is 'What people answered about a court date; the newest counts, the others are how it came to that.';
comment on column waymark.hearing_answer.version is 'of the hearing: who said yes to another day has not answered this one';
comment on column waymark.hearing_answer.confirmed is
  'false in a case with a safety flag until staff have spoken to the person: whoever holds the phone may have answered';
comment on column waymark.hearing_answer.reason is 'sealed: what would stop them, in their words';
comment on column waymark.hearing_answer.answered_at is 'case time';
comment on column waymark.hearing_answer.answered_by is 'the member of staff who put it down; null where the person did';
create index hearing_answer_newest on waymark.hearing_answer (hearing_id, person_id, id desc);
comment on index waymark.hearing_answer_newest is 'the newest of a person';

do $$
declare t text;
begin
  foreach t in array array['hearing_told', 'hearing_answer'] loop
    execute format('alter table waymark.%I enable row level security', t);
    execute format('alter table waymark.%I force row level security', t);
    execute format('create policy own_force on waymark.%I to waymark_app
                      using (force_id = (select waymark.ctx_force()))
                      with check (force_id = (select waymark.ctx_force()))', t);
    execute format('create policy named_only on waymark.%I as restrictive to waymark_app
                      using ((select waymark.ctx_kind()) is distinct from ''staff'' or waymark.case_open(case_id))
                      with check (true)', t);
    execute format('create policy own_%s on waymark.%I for select to waymark_app
                      using (person_id = any ((select waymark.ctx_persons())::uuid[])
                             and hearing_id in (select h.id from waymark.hearing h))', t, t);
    execute format('grant select, insert on waymark.%I to waymark_app', t);
  end loop;
end $$;
grant update (state) on waymark.hearing_told to waymark_app;
grant update (confirmed, reason) on waymark.hearing_answer to waymark_app;
