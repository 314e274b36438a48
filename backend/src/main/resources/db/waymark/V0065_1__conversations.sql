-- What people and staff write to each other: one conversation a person and case, its messages, and who of the staff is away.
create table waymark.conversation (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  person_id uuid not null references waymark.person,
  unit text,
  goes_to text not null check (goes_to in ('officer', 'witness_care')),
  officer bytea,
  held_by text,
  waiting_message uuid,
  waiting_since timestamptz,
  answer_by timestamptz,
  danger_message uuid,
  danger_by timestamptz,
  unique (case_id, person_id),
  check ((waiting_message is null) = (answer_by is null) and (waiting_message is null) = (waiting_since is null)),
  check ((danger_message is null) = (danger_by is null))
);
comment on table waymark.conversation is 'What one person and staff write to each other about one case. Times are case time.';
comment on column waymark.conversation.unit is 'code of the unit of its case when something was last written, or null';
comment on column waymark.conversation.officer is 'sealed: the officer in the case who had it last, so that a change of officer is noticed';
comment on column waymark.conversation.held_by is 'who of the staff has it, as the identity provider names them: opaque; null: nobody in particular';
comment on column waymark.conversation.waiting_message is 'the first message that has no reply; its item in the work queue is named by it';
comment on column waymark.conversation.danger_message is 'the first message that sounds like danger and that nobody has acknowledged; likewise';
create index conversation_waiting on waymark.conversation (force_id, (danger_by is null), least(answer_by, danger_by), id)
  where answer_by is not null or danger_by is not null;
comment on index waymark.conversation_waiting is 'the queue: what sounds like danger first, then by what is due first';
create index conversation_of_person on waymark.conversation (person_id);
comment on index waymark.conversation_of_person is 'what one person has written, in all cases';

create table waymark.conversation_message (
  id uuid primary key,
  conversation_id uuid not null references waymark.conversation,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  person_id uuid not null references waymark.person,
  sender text not null check (sender in ('person', 'staff', 'notice')),
  notice text check (notice in ('new_officer', 'officer', 'witness_care')),
  body bytea,
  by_staff text,
  sent_at timestamptz not null,
  danger boolean not null default false,
  began_wait boolean not null default false,
  answered_at timestamptz,
  read_at timestamptz,
  read_by text,
  acknowledged_at timestamptz,
  acknowledged_by text,
  disclosed_at timestamptz,
  disclosed_by text,
  disclosure_note bytea,
  disclosure_passed_on_at timestamptz,
  passed_on_at timestamptz,
  check ((sender = 'notice') = (body is null) and (sender = 'notice') = (notice is not null)),
  check ((sender = 'staff') = (by_staff is not null))
);
comment on table waymark.conversation_message is
  'A message, as it was typed. It is never changed and never deleted: what is relevant to a case is kept as long as the case.';
comment on column waymark.conversation_message.person_id is 'whose conversation it is in, whoever has written it';
comment on column waymark.conversation_message.body is 'sealed; a notice has none, its words are ours';
comment on column waymark.conversation_message.began_wait is 'nothing else waited for a reply when it came: how long replies take is reckoned from these';
comment on column waymark.conversation_message.read_at is 'when the other side first opened it';
comment on column waymark.conversation_message.acknowledged_at is 'when a member of staff said that they have read it and deal with it, or replied';
comment on column waymark.conversation_message.disclosure_note is 'sealed: what the disclosure officer should know of it';
comment on column waymark.conversation_message.passed_on_at is 'when the force''s own system said that it has it';
create index conversation_message_of on waymark.conversation_message (conversation_id, id);
comment on index waymark.conversation_message_of is 'a page of a conversation';
create index conversation_message_began on waymark.conversation_message (force_id, sent_at) where began_wait;
comment on index waymark.conversation_message_began is 'how long replies take';

create table waymark.staff_absence (
  force_id uuid not null references waymark.force,
  subject text not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  cover text,
  collar_number text,
  set_by text not null,
  set_at timestamptz not null,
  primary key (force_id, subject),
  check (from_at < until_at)
);
comment on table waymark.staff_absence is 'When a member of staff is away: what was said last. Times are case time.';
comment on column waymark.staff_absence.subject is 'as the identity provider names them: opaque';
comment on column waymark.staff_absence.cover is 'who reads instead, likewise';
comment on column waymark.staff_absence.collar_number is 'of an officer: cases name officers by it';
create index staff_absence_collar on waymark.staff_absence (force_id, collar_number) where collar_number is not null;
comment on index waymark.staff_absence_collar is 'whether the officer in a case is away';

do $$
declare t text;
begin
  foreach t in array array['conversation', 'conversation_message', 'staff_absence'] loop
    execute format('alter table waymark.%I enable row level security', t);
    execute format('alter table waymark.%I force row level security', t);
    execute format('create policy own_force on waymark.%I to waymark_app
                      using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()))', t);
  end loop;
  foreach t in array array['conversation', 'conversation_message'] loop
    execute format('create policy named_only on waymark.%I as restrictive to waymark_app
                      using ((select waymark.ctx_kind()) is distinct from ''staff'' or waymark.case_open(case_id)) with check (true)', t);
    execute format('create policy own_%s on waymark.%I for select to waymark_app
                      using (person_id = any ((select waymark.ctx_persons())::uuid[])
                             and case_id in (select p.case_id from waymark.participant p
                                              where p.person_id = any ((select waymark.ctx_persons())::uuid[])))', t, t);
    execute format('create policy gate on waymark.%I to waymark_gate using (true) with check (true)', t);
  end loop;
end $$;
grant select, insert, update on waymark.conversation to waymark_app;
grant select, insert on waymark.conversation to waymark_gate;
-- neither who wrote it nor when can be changed; the body can be sealed under another key
grant select, insert, update (conversation_id, person_id, body, began_wait, answered_at, read_at, read_by, acknowledged_at, acknowledged_by,
                              disclosed_at, disclosed_by, disclosure_note, disclosure_passed_on_at, passed_on_at)
  on waymark.conversation_message to waymark_app;
grant select, insert, update (read_at) on waymark.conversation_message to waymark_gate;
grant select, insert, update on waymark.staff_absence to waymark_app;

create function waymark.gate_send_message(p_id uuid, p_conversation uuid, p_person uuid, p_case uuid, p_body bytea, p_danger boolean,
    p_most int, p_now timestamptz) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare v_force uuid; v_conversation uuid;
begin
  perform waymark.own_person(p_person);
  select cf.force_id into v_force from waymark.case_file cf
    join waymark.participant pa on pa.case_id = cf.id and pa.person_id = p_person and not pa.removed and not pa.quiet
   where cf.id = p_case and cf.recorded and cf.on_phones;
  if not found then
    return null;
  end if;
  insert into waymark.conversation (id, force_id, case_id, person_id, goes_to) values (p_conversation, v_force, p_case, p_person, 'witness_care')
  on conflict (case_id, person_id) do nothing;
  -- one after another for one conversation
  select k.id into v_conversation from waymark.conversation k where k.case_id = p_case and k.person_id = p_person;
  perform pg_advisory_xact_lock(hashtextextended('conversation ' || v_conversation, 0));
  if (select count(*) from waymark.conversation_message m
       where m.conversation_id = v_conversation and m.sender = 'person' and m.read_at is null)
      >= (case when p_danger then 4 * p_most else p_most end) then
    return 'too_many';
  end if;
  insert into waymark.conversation_message (id, conversation_id, force_id, case_id, person_id, sender, body, sent_at, danger)
  values (p_id, v_conversation, v_force, p_case, p_person, 'person', p_body, p_now, p_danger);
  return 'taken';
end $$;
comment on function waymark.gate_send_message(uuid, uuid, uuid, uuid, bytea, boolean, int, timestamptz) is
  'a person writes in a case of theirs: taken, too_many where so much waits unread, or null where the case is not theirs. Who reads it by '
  'when, the force''s own work decides in the same transaction.';

create function waymark.gate_read_messages(p_case uuid, p_message uuid, p_now timestamptz) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare v_conversation uuid;
begin
  if waymark.ctx_kind() is distinct from 'person' or waymark.ctx_session() is null then
    raise exception 'not a person' using errcode = 'insufficient_privilege';
  end if;
  select m.conversation_id into v_conversation from waymark.conversation_message m
   where m.id = p_message and m.case_id = p_case and m.person_id = any (waymark.ctx_persons())
     and exists (select 1 from waymark.participant pa join waymark.case_file cf on cf.id = pa.case_id
                  where pa.case_id = p_case and pa.person_id = m.person_id and not pa.removed and not pa.quiet
                    and cf.recorded and cf.on_phones);
  if not found then
    return false;
  end if;
  update waymark.conversation_message m set read_at = p_now
   where m.conversation_id = v_conversation and m.sender = 'staff' and m.id <= p_message and m.read_at is null;
  return true;
end $$;
comment on function waymark.gate_read_messages(uuid, uuid, timestamptz) is
  'a person has read a message of their own conversation, and all before it; false where there is none';

do $$
declare f regprocedure;
begin
  for f in
    select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'waymark' and p.proname in ('gate_send_message', 'gate_read_messages')
  loop
    execute format('alter function %s owner to waymark_gate', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to waymark_app', f);
  end loop;
end $$;
