-- Which message says what of which court date, so that what comes of the message is known of the date, and so that whoever is
-- told next is told what they do not know yet. What a message says is said as of when it was queued.
create table waymark.hearing_message (
  id uuid primary key,
  message_id uuid,
  dedupe_key text not null,
  hearing_id uuid not null references waymark.hearing,
  person_id uuid not null references waymark.person,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  version integer not null,
  what text not null check (what in ('notice', 'change', 'reminder', 'off', 'not_needed', 'correction')),
  needed boolean not null,
  starts_at timestamptz,
  on_date date,
  week_of date,
  court text,
  room text,
  kind text not null,
  said_of integer not null,
  made_at timestamptz not null
);
comment on table waymark.hearing_message is 'What a message, or a call that staff were asked to make, says of a court date.';
comment on column waymark.hearing_message.message_id is 'null where staff were asked to ring at once, and no message was made';
comment on column waymark.hearing_message.dedupe_key is 'of the message; or of the work item, where there is no message';
comment on column waymark.hearing_message.what is 'as in hearing_told';
comment on column waymark.hearing_message.needed is
  'notice, change, reminder: it says that they have to be there; off, not_needed: they were told so before';
comment on column waymark.hearing_message.starts_at is 'the date that the words name, as in hearing; so are on_date and week_of';
comment on column waymark.hearing_message.said_of is 'of how many court dates the message tells';
comment on column waymark.hearing_message.made_at is 'case time';
create index hearing_message_by_part on waymark.hearing_message (person_id, hearing_id);
comment on index waymark.hearing_message_by_part is 'what a person may know of a court date, and all of one person';
create index hearing_message_by_message on waymark.hearing_message (message_id);
comment on index waymark.hearing_message_by_message is 'what a message said, when something comes of it';
create index hearing_message_by_hearing on waymark.hearing_message (hearing_id);
comment on index waymark.hearing_message_by_hearing is 'two court dates turn out to be one';

alter table waymark.hearing_message enable row level security;
alter table waymark.hearing_message force row level security;
create policy own_force on waymark.hearing_message to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
create policy named_only on waymark.hearing_message as restrictive to waymark_app
  using ((select waymark.ctx_kind()) is distinct from 'staff' or waymark.case_open(case_id)) with check (true);
grant select, insert, update, delete on waymark.hearing_message to waymark_app;

-- Messages name what they are about: an event that was announced, or a court date itself.
create function waymark.case_of_subject(subject uuid, person uuid) returns uuid
  language sql stable security invoker set search_path = '' as $$
    select coalesce((select a.case_id from waymark.announcement a where a.event_id = subject and a.person_id = person limit 1),
                    (select h.case_id from waymark.hearing h where h.id = subject))
  $$;
comment on function waymark.case_of_subject(uuid, uuid) is 'The case that a message is about; null for what is about none.';
revoke all on function waymark.case_of_subject(uuid, uuid) from public;
grant execute on function waymark.case_of_subject(uuid, uuid) to waymark_app;
