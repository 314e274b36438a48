-- Calls that people ask for: who waits, by when somebody rings, who has taken it on, and how each call went.
alter table waymark.unit
  add column call_minutes int not null default 30 check (call_minutes between 5 and 240),
  add column call_places int not null default 2 check (call_places between 0 and 1000);
comment on column waymark.unit.call_minutes is 'how long one place of its call backs is';
comment on column waymark.unit.call_places is 'how many people it can ring at the same time; 0: none at a time of their own choosing';

create table waymark.call_back_rule (
  force_id uuid primary key references waymark.force,
  due_minutes int check (due_minutes between 15 and 10080),
  out_of_hours_name text not null,
  out_of_hours_phone text not null
);
comment on table waymark.call_back_rule is
  'What a force says of call backs. Without a row the server does not start: who does not feel safe at night would wait for the morning.';
comment on column waymark.call_back_rule.due_minutes is 'by when an ordinary call is made; none: one working day';
comment on column waymark.call_back_rule.out_of_hours_phone is 'E.164 or a short number, of a desk and no person';

create table waymark.call_back_speaker (
  force_id uuid not null references waymark.force,
  subject text not null,
  language text not null check (language in ('cy')),
  primary key (force_id, subject, language)
);
comment on table waymark.call_back_speaker is 'Which staff speak which language beside English.';
comment on column waymark.call_back_speaker.subject is 'as the force''s identity provider names them: opaque';

create table waymark.call_back (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  person_id uuid not null references waymark.person,
  unit text,
  reason text not null check (reason in ('not_safe', 'question', 'date', 'change', 'other')),
  via text not null check (via in ('app', 'sms', 'staff')),
  asked_by text,
  asked_at timestamptz not null,
  to_confirm boolean not null,
  language text not null check (language in ('en', 'cy')),
  details bytea not null,
  due_at timestamptz not null,
  next_at timestamptz not null,
  slot_from timestamptz,
  slot_to timestamptz,
  claimed_by text,
  claimed_at timestamptz,
  failed int not null default 0,
  tried int not null default 0,
  last_outcome text check (last_outcome in ('reached', 'no_answer', 'voicemail_left', 'wrong_person', 'unsafe_now')),
  missed_at timestamptz,
  reached_at timestamptz,
  decision_needed boolean not null default false,
  language_raised boolean not null default false,
  note bytea,
  ended_at timestamptz,
  ending text check (ending in ('spoken', 'not_needed', 'not_reached', 'cancelled')),
  item_id uuid,
  version int not null default 1,
  passed_on_at timestamptz,
  check ((slot_from is null) = (slot_to is null)),
  check ((ended_at is null) = (ending is null))
);
comment on table waymark.call_back is 'A call that somebody asked for. Times are case time.';
comment on column waymark.call_back.unit is 'code of the unit of its case when it was asked for, or null';
comment on column waymark.call_back.to_confirm is 'asked for from the phone of a person in a flagged case: whoever holds it may have asked';
comment on column waymark.call_back.details is 'sealed JSON: what they said of it, times, a word, another number, an interpreter';
comment on column waymark.call_back.due_at is 'what the person was told: reports go by it';
comment on column waymark.call_back.next_at is 'by when somebody should ring now; after a call in vain later than due_at';
comment on column waymark.call_back.failed is 'calls in vain since a supervisor last decided';
comment on column waymark.call_back.decision_needed is 'nobody rings again before a supervisor has decided';
comment on column waymark.call_back.language_raised is 'that nobody who speaks the language took it on in time was said';
comment on column waymark.call_back.note is 'sealed: what staff wrote when it ended, or was decided';
comment on column waymark.call_back.item_id is 'its item in the work queue: no foreign key, since features keep their own tables';
create index call_back_waiting on waymark.call_back (force_id, (reason <> 'not_safe'), next_at, id) where ended_at is null;
comment on index waymark.call_back_waiting is 'the queue: who does not feel safe first, then by what is due first';
create index call_back_of_person on waymark.call_back (person_id, case_id, id);
comment on index waymark.call_back_of_person is 'what one person asked for';
create index call_back_asked on waymark.call_back (force_id, asked_at);
comment on index waymark.call_back_asked is 'reports of a period';
create index call_back_item on waymark.call_back (item_id) where ended_at is null;
comment on index waymark.call_back_item is 'the call back that an item stands for';

create table waymark.call_back_slot (
  force_id uuid not null references waymark.force,
  unit text not null,
  starts_at timestamptz not null,
  place int not null,
  call_back_id uuid not null references waymark.call_back,
  primary key (force_id, unit, starts_at, place)
);
comment on table waymark.call_back_slot is
  'One row a place that is taken: the key is what keeps two people from one place, however many ask at once.';
comment on column waymark.call_back_slot.unit is 'code of the unit, empty for cases without one';
create index call_back_slot_of on waymark.call_back_slot (call_back_id);
comment on index waymark.call_back_slot_of is 'the place of a call back, given back when it moves or ends';

create table waymark.call_back_attempt (
  id uuid primary key,
  call_back_id uuid not null references waymark.call_back,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  person_id uuid not null references waymark.person,
  outcome text not null check (outcome in ('reached', 'no_answer', 'voicemail_left', 'wrong_person', 'unsafe_now')),
  note bytea,
  by_staff text not null,
  at timestamptz not null
);
comment on table waymark.call_back_attempt is 'How each call went. Only added to.';
comment on column waymark.call_back_attempt.note is 'sealed: what was said';
create index call_back_attempt_of on waymark.call_back_attempt (call_back_id, id);
comment on index waymark.call_back_attempt_of is 'the calls made for one call back';

do $$
declare t text;
begin
  foreach t in array array['call_back_rule', 'call_back_speaker', 'call_back', 'call_back_slot', 'call_back_attempt'] loop
    execute format('alter table waymark.%I enable row level security', t);
    execute format('alter table waymark.%I force row level security', t);
  end loop;
  foreach t in array array['call_back_rule', 'call_back_speaker'] loop
    execute format('create policy set_up on waymark.%I to waymark_owner using (true) with check (true)', t);
    execute format('create policy own_force on waymark.%I for select to waymark_app using (force_id = (select waymark.ctx_force()))', t);
    execute format('grant select on waymark.%I to waymark_app', t);
  end loop;
  foreach t in array array['call_back', 'call_back_slot', 'call_back_attempt'] loop
    execute format('create policy own_force on waymark.%I to waymark_app
                      using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()))', t);
  end loop;
  foreach t in array array['call_back', 'call_back_attempt'] loop
    execute format('create policy named_only on waymark.%I as restrictive to waymark_app
                      using ((select waymark.ctx_kind()) is distinct from ''staff'' or waymark.case_open(case_id)) with check (true)', t);
  end loop;
end $$;
create policy own_call_back on waymark.call_back for select to waymark_app
  using (person_id = any ((select waymark.ctx_persons())::uuid[])
         and case_id in (select p.case_id from waymark.participant p where p.person_id = any ((select waymark.ctx_persons())::uuid[])));
create policy gate on waymark.call_back to waymark_gate using (true) with check (true);
grant select, insert, update on waymark.call_back to waymark_app, waymark_gate;
grant select, insert, delete on waymark.call_back_slot to waymark_app;
grant select, insert, update on waymark.call_back_attempt to waymark_app;

create function waymark.gate_ask_call_back(p_id uuid, p_person uuid, p_case uuid, p_reason text, p_language text, p_details bytea,
    p_due timestamptz, p_most int, p_now timestamptz) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare v_added integer;
begin
  if waymark.ctx_kind() is distinct from 'person' or not p_person = any (waymark.ctx_persons()) then
    raise exception 'not a person of this account' using errcode = 'insufficient_privilege';
  end if;
  -- one after another for one person, so that the most that may wait holds
  perform pg_advisory_xact_lock(hashtextextended('call_back ' || p_person, 0));
  if (select count(*) from waymark.call_back b where b.person_id = p_person and b.via = 'app' and b.ended_at is null)
      >= (case when p_reason = 'not_safe' then 4 * p_most else p_most end) then
    return 'too_many';
  end if;
  insert into waymark.call_back (id, force_id, case_id, person_id, reason, via, asked_at, to_confirm, language, details, due_at, next_at)
  select p_id, cf.force_id, cf.id, p_person, p_reason, 'app', p_now, false, p_language, p_details, p_due, p_due
    from waymark.case_file cf
    join waymark.participant pa on pa.case_id = cf.id and pa.person_id = p_person and not pa.removed and not pa.quiet
   where cf.id = p_case and cf.recorded and cf.on_phones;
  get diagnostics v_added = row_count;
  return case when v_added = 1 then 'taken' end;
end $$;
alter function waymark.gate_ask_call_back owner to waymark_gate;
revoke all on function waymark.gate_ask_call_back from public;
grant execute on function waymark.gate_ask_call_back to waymark_app;
comment on function waymark.gate_ask_call_back is
  'a person asks for a call in a case of theirs: taken, too_many, or null where the case is not theirs. When it is due, and where it goes, '
  'the force''s own work decides in the same transaction.';
