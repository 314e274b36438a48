-- What was said to people and what they answered, handed over by the messaging library so that it can forget. It is the
-- person's own record and evidence that they were told; the force says for how long its words are kept.
alter table waymark.force
  add column told_kept_months integer check (told_kept_months > 0),
  add column traces_kept_days integer check (traces_kept_days > 0),
  add column segment_price_pence numeric(8, 4) check (segment_price_pence >= 0);
comment on column waymark.force.told_kept_months is
  'the force''s own rule: after so many months the words of what was told and answered go; null keeps them with the case';
comment on column waymark.force.traces_kept_days is
  'for how long messaging knows who a message went to, where that is to be longer than messages/classes.yaml says';
comment on column waymark.force.segment_price_pence is 'what one segment of a text costs, for reports; null where it is not known';

create table waymark.told (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  person_id uuid not null references waymark.person,
  case_id uuid references waymark.case_file,
  message_id uuid not null,
  channel text not null,
  template text not null,
  template_version integer not null,
  language text not null,
  state text not null check (state in ('accepted', 'delivered', 'failed', 'unknown')),
  sent_at timestamptz not null,
  settled_at timestamptz,
  kept boolean not null,
  body bytea,
  wiped_at timestamptz,
  read_at timestamptz
);
comment on table waymark.told is 'Each thing that was sent to a person: one row a try that a provider took or may have taken.';
comment on column waymark.told.id is 'of the try, as the messaging library knows it';
comment on column waymark.told.message_id is 'the message; one that went by two channels has two rows';
comment on column waymark.told.sent_at is 'case time';
comment on column waymark.told.settled_at is 'case time at which it was known to have arrived, or not; null until then';
comment on column waymark.told.kept is 'whether its words are for keeping: those of a code or an invitation never are';
comment on column waymark.told.body is 'sealed: the words as they left; null where never kept, or wiped';
comment on column waymark.told.wiped_at is 'case time at which the words went by the force''s rule';
comment on column waymark.told.read_at is 'case time at which the person said that they have read it';
create index told_by_person on waymark.told (person_id, id desc);
comment on index waymark.told_by_person is 'a person''s own list, the newest first';
create index told_by_case on waymark.told (case_id, id) where case_id is not null;
comment on index waymark.told_by_case is 'what was said about a case';
create index told_with_words on waymark.told (force_id, sent_at) where body is not null;
comment on index waymark.told_with_words is 'whose words go next by the force''s rule';

create table waymark.answered (
  id uuid not null,
  person_id uuid not null references waymark.person,
  force_id uuid not null references waymark.force,
  case_id uuid references waymark.case_file,
  keyword text not null,
  received_at timestamptz not null,
  body bytea,
  wiped_at timestamptz,
  primary key (id, person_id)
);
comment on table waymark.answered is 'What people texted back. Two people at one number each have the reply.';
comment on column waymark.answered.id is 'of the reply, as the messaging library knows it';
comment on column waymark.answered.case_id is 'the person''s only case, or null';
comment on column waymark.answered.received_at is 'case time';
comment on column waymark.answered.body is 'sealed: the reply as it came; null once wiped';
create index answered_by_person on waymark.answered (person_id, id desc);
comment on index waymark.answered_by_person is 'what a person answered, the newest first';
create index answered_with_words on waymark.answered (force_id, received_at) where body is not null;
comment on index waymark.answered_with_words is 'whose words go next by the force''s rule';

do $$
declare t text;
begin
  foreach t in array array['told', 'answered'] loop
    execute format('alter table waymark.%I enable row level security', t);
    execute format('alter table waymark.%I force row level security', t);
    execute format('create policy own_force on waymark.%I to waymark_app
                      using (force_id = (select waymark.ctx_force()))
                      with check (force_id = (select waymark.ctx_force()))', t);
    execute format('create policy own_words on waymark.%I for select to waymark_app
                      using (person_id = any ((select waymark.ctx_persons())::uuid[]))', t);
    execute format('grant select, insert, update on waymark.%I to waymark_app', t);
  end loop;
end $$;
create policy own_reading on waymark.told for update to waymark_app
  using (person_id = any ((select waymark.ctx_persons())::uuid[]))
  with check (person_id = any ((select waymark.ctx_persons())::uuid[]));
revoke update on waymark.told, waymark.answered from waymark_app;
grant update (state, settled_at, body, wiped_at, read_at) on waymark.told to waymark_app;
grant update (body, wiped_at) on waymark.answered to waymark_app;
