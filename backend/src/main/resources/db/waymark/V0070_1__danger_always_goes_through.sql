-- What sounds like danger is taken however much waits unread.
create or replace function waymark.gate_send_message(p_id uuid, p_conversation uuid, p_person uuid, p_case uuid, p_body bytea, p_danger boolean,
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
  if not p_danger and (select count(*) from waymark.conversation_message m
       where m.conversation_id = v_conversation and m.sender = 'person' and m.read_at is null) >= p_most then
    return 'too_many';
  end if;
  insert into waymark.conversation_message (id, conversation_id, force_id, case_id, person_id, sender, body, sent_at, danger)
  values (p_id, v_conversation, v_force, p_case, p_person, 'person', p_body, p_now, p_danger);
  return 'taken';
end $$;
comment on function waymark.gate_send_message(uuid, uuid, uuid, uuid, bytea, boolean, int, timestamptz) is
  'a person writes in a case of theirs: taken, too_many where so much waits unread and it does not sound like danger, or null where the case '
  'is not theirs. Who reads it by when, the force''s own work decides in the same transaction.';
