-- Reminders that a witness care unit sends by hand to many at once: from a file, or from the court dates of some days. Each
-- line of it is a row from the start, so that a run that is stopped or whose server dies goes on, or not, from where it was.
create table waymark.reminder_run (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  source text not null check (source in ('file', 'list')),
  content_key bytea,
  ignored bytea,
  state text not null check (state in ('running', 'finished', 'stopped')),
  started_by text not null,
  supervises boolean not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  stopped_by text,
  unique (force_id, content_key)
);
comment on table waymark.reminder_run is 'Many reminders at once, sent by hand. The same file again is the same run.';
comment on column waymark.reminder_run.content_key is 'keyed hash of the file; null for a run from court dates';
comment on column waymark.reminder_run.ignored is 'sealed: the names of columns that were not needed, one a line';
comment on column waymark.reminder_run.started_by is 'the member of staff whose restricted cases are there for it, and no others';
comment on column waymark.reminder_run.supervises is 'whether they supervised when they started it';
comment on column waymark.reminder_run.stopped_by is 'whoever stopped it: from then on no reminder of it goes, whatever follows';
comment on column waymark.reminder_run.started_at is 'case time';
comment on column waymark.reminder_run.finished_at is 'case time at which no line waited any more; what became of the messages comes later';
create index reminder_run_open on waymark.reminder_run (force_id, started_at) where state = 'running';
comment on index waymark.reminder_run_open is 'what the worker looks for';
create index reminder_run_old on waymark.reminder_run (force_id, started_at, id);
comment on index waymark.reminder_run_old is 'which runs are forgotten next';

create table waymark.reminder_correction (
  id uuid primary key,
  run_id uuid not null references waymark.reminder_run,
  force_id uuid not null references waymark.force,
  wrong text[] not null,
  starts_time text,
  court text,
  made_by text not null,
  made_at timestamptz not null
);
comment on table waymark.reminder_correction is 'What a finished run had said wrongly, and what is right.';
comment on column waymark.reminder_correction.wrong is 'date, time or court';
comment on column waymark.reminder_correction.starts_time is 'the right time of day in the UK for all; null: as each court date stands';
comment on column waymark.reminder_correction.court is 'the right court for all; null: as each court date stands';
comment on column waymark.reminder_correction.made_at is 'case time';
create index reminder_correction_of_run on waymark.reminder_correction (run_id);
comment on index waymark.reminder_correction_of_run is 'the corrections of a run';

create table waymark.reminder_run_row (
  id uuid primary key,
  run_id uuid not null references waymark.reminder_run,
  force_id uuid not null references waymark.force,
  line int not null,
  correction_id uuid references waymark.reminder_correction,
  corrects uuid references waymark.reminder_run_row,
  content bytea,
  said bytea,
  state text not null check (state in ('pending', 'queued', 'sent', 'delivered', 'failed', 'unknown', 'bad', 'stopped', 'skipped',
                                       'replaced')),
  reason text,
  hearing_id uuid references waymark.hearing,
  person_id uuid references waymark.person,
  case_id uuid references waymark.case_file,
  version int,
  message_id uuid,
  message_key text,
  language text check (language in ('en', 'cy')),
  how text,
  variant text,
  queued_at timestamptz,
  changed_at timestamptz not null,
  unique (correction_id, corrects)
);
comment on table waymark.reminder_run_row is 'One line of a run, or one message that corrects what a line had sent.';
comment on column waymark.reminder_run_row.line is 'of the file, the names being line 1; of a run from court dates, counted';
comment on column waymark.reminder_run_row.corrects is 'the row whose message was wrong; null for a line';
comment on column waymark.reminder_run_row.content is 'sealed: the line as it came';
comment on column waymark.reminder_run_row.said is 'sealed: the day, time and court that the message gives';
comment on column waymark.reminder_run_row.state is
  'pending; queued: a message waits; sent: a provider has it; delivered, failed, unknown: it ended so; bad, skipped: no message; '
  'stopped: taken back when the run was; replaced: taken back for a correction';
comment on column waymark.reminder_run_row.version is 'of the hearing that the message tells of: it goes only while that stands';
comment on column waymark.reminder_run_row.message_key is 'by which the outbox knows the message: nobody has it twice';
comment on column waymark.reminder_run_row.language is 'asked for by the line; null for the person''s own';
comment on column waymark.reminder_run_row.how is 'the channel that it left or is about to leave by';
comment on column waymark.reminder_run_row.variant is 'which words: the neutral ones name no place';
comment on column waymark.reminder_run_row.queued_at is 'case time from which its message is in the outbox';
comment on column waymark.reminder_run_row.changed_at is 'case time of the last change of state';
create index reminder_run_row_waiting on waymark.reminder_run_row (run_id, line, id) where state = 'pending';
comment on index waymark.reminder_run_row_waiting is 'what the worker takes next';
create index reminder_run_row_of_run on waymark.reminder_run_row (run_id, line, id);
comment on index waymark.reminder_run_row_of_run is 'the results of a run, page by page';
create index reminder_run_row_queued on waymark.reminder_run_row (force_id, id) where state = 'queued';
comment on index waymark.reminder_run_row_queued is 'messages that may have left since';
create index reminder_run_row_of_message on waymark.reminder_run_row (message_id) where message_id is not null;
comment on index waymark.reminder_run_row_of_message is 'what became of a message';
create index reminder_run_row_of_person on waymark.reminder_run_row (hearing_id, person_id) where message_id is not null;
comment on index waymark.reminder_run_row_of_person is 'whether somebody was reminded of a hearing already';
create index reminder_run_row_corrected on waymark.reminder_run_row (corrects) where corrects is not null;
comment on index waymark.reminder_run_row_corrected is 'for the reference, when rows are forgotten';

do $$
declare t text;
begin
  foreach t in array array['reminder_run', 'reminder_correction', 'reminder_run_row'] loop
    execute format('alter table waymark.%I enable row level security', t);
    execute format('alter table waymark.%I force row level security', t);
    execute format('create policy own_force on waymark.%I to waymark_app
                      using (force_id = (select waymark.ctx_force()))
                      with check (force_id = (select waymark.ctx_force()))', t);
    execute format('grant select, insert, update, delete on waymark.%I to waymark_app', t);
  end loop;
end $$;
create policy named_only on waymark.reminder_run_row as restrictive to waymark_app
  using ((select waymark.ctx_kind()) is distinct from 'staff' or case_id is null or waymark.case_open(case_id))
  with check (true);
