-- To choose the PIN of somebody else with the number is a guess at it, and is counted with the guesses at that number.
drop function waymark.gate_pins_beside(uuid, timestamptz);
create function waymark.gate_pins_beside(p_code uuid, p_now timestamptz)
  returns table (line_id uuid, account_id uuid, pin_hash bytea)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  v_account uuid;
  v_line uuid;
begin
  if p_code is null and waymark.ctx_kind() = 'person' then
    v_account := waymark.ctx_account();
  elsif waymark.ctx_kind() = 'nobody' and waymark.spoken_code_stands(p_code, p_now) then
    select s.account_id into v_account from waymark.spoken_code s where s.id = p_code;
  end if;
  select a.line_id into v_line from waymark.account a where a.id = v_account;
  perform pg_advisory_xact_lock(hashtextextended('pins of ' || v_line, 0));
  return query select a.line_id, a.id, a.pin_hash from waymark.account a
    where a.line_id = v_line and a.id <> v_account and a.retired_at is null and a.pin_hash is not null
      and waymark.account_used(a.id)
    order by a.id;
end $$;
comment on function waymark.gate_pins_beside(uuid, timestamptz) is
  'the sealed PINs of others at the number of who is signed in, or of an open code that staff read out; holds a lock on them';
alter function waymark.gate_pins_beside(uuid, timestamptz) owner to waymark_gate;
revoke all on function waymark.gate_pins_beside(uuid, timestamptz) from public;
grant execute on function waymark.gate_pins_beside(uuid, timestamptz) to waymark_app;

grant select (line_id) on waymark.account to waymark_app;
