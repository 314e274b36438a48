-- People answer about court dates by themselves, and texts that they send are answered by themselves, once an hour at most.
create table waymark.reply_answered (
  person_id uuid primary key references waymark.person,
  force_id uuid not null references waymark.force,
  answered_at timestamptz not null
);
comment on table waymark.reply_answered is
  'When a person''s reply was last answered by itself: two machines that answer each other must come to an end.';
comment on column waymark.reply_answered.answered_at is 'case time';
alter table waymark.reply_answered enable row level security;
alter table waymark.reply_answered force row level security;
create policy own_force on waymark.reply_answered to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
grant select, insert, update on waymark.reply_answered to waymark_app;

create policy gate on waymark.hearing for select to waymark_gate using (true);
create policy gate on waymark.hearing_person for select to waymark_gate using (true);
create policy gate on waymark.hearing_answer for insert to waymark_gate with check (via = 'app');
grant select on waymark.hearing, waymark.hearing_person to waymark_gate;
grant insert on waymark.hearing_answer to waymark_gate;

create function waymark.gate_answer_hearing(p_id uuid, p_hearing uuid, p_person uuid, p_version integer, p_answer text,
    p_reason bytea, p_now timestamptz) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_flagged boolean;
  v_added integer;
begin
  if waymark.ctx_kind() is distinct from 'person' or not p_person = any (waymark.ctx_persons()) then
    raise exception 'not a person of this account' using errcode = 'insufficient_privilege';
  end if;
  select coalesce(bool_or(p.safety), false) into v_flagged from waymark.person p where p.id = any (waymark.ctx_persons());
  insert into waymark.hearing_answer (id, hearing_id, person_id, force_id, case_id, version, answer, via, confirmed, reason,
                                      answered_at)
  select p_id, h.id, p_person, h.force_id, h.case_id, h.version, p_answer, 'app', not v_flagged, p_reason, p_now
    from waymark.hearing h
    join waymark.hearing_person hp on hp.hearing_id = h.id and hp.person_id = p_person and hp.shown
    join waymark.participant pa on pa.case_id = h.case_id and pa.person_id = p_person and not pa.removed and not pa.quiet
   where h.id = p_hearing and h.version = p_version and h.state = 'listed' and h.on_phones;
  get diagnostics v_added = row_count;
  return case when v_added = 0 then null when v_flagged then 'unconfirmed' else 'confirmed' end;
end $$;
alter function waymark.gate_answer_hearing owner to waymark_gate;
revoke all on function waymark.gate_answer_hearing from public;
grant execute on function waymark.gate_answer_hearing to waymark_app;
comment on function waymark.gate_answer_hearing is
  'a person of this account says whether they can come: null where the court date is not as it was read, or not theirs. '
  'Unconfirmed where anybody on the account is in a case with a safety flag: whoever holds the phone may have answered.';
