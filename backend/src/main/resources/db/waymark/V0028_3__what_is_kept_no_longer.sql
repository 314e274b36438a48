-- Rows that no rule took away until now; for how long they are kept is data (retention/rules.yaml).
grant delete on waymark.device_session, waymark.invitation to waymark_gate;
create policy gate_forgets on waymark.quarantined_event to waymark_gate using (replayed_at is not null);
grant select (id, replayed_at), delete on waymark.quarantined_event to waymark_gate;

create function waymark.gate_forget(p_what text, p_before timestamptz, p_most int) returns int
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_ids uuid[];
  v_gone int := 0;
begin
  case p_what
    when 'ended_sessions' then
      select array_agg(d.id) into v_ids from (
        select d.id from waymark.device_session d
         where d.ended_at < p_before
           and not exists (select 1 from waymark.sign_in_code c where c.session_id = d.id or c.opened_session = d.id)
         order by d.ended_at limit p_most for update skip locked) d;
      delete from waymark.refresh_token where session_id = any (v_ids);
      delete from waymark.device_session where id = any (v_ids);
    when 'closed_invitations' then
      select array_agg(i.id) into v_ids from (
        select i.id from waymark.invitation i
         where coalesce(i.taken_up_at, i.withdrawn_at, i.expires_at) < p_before
           and not exists (select 1 from waymark.sign_in_code c where c.invitation_id = i.id)
         limit p_most for update skip locked) i;
      delete from waymark.invitation where id = any (v_ids);
    when 'replayed_events' then
      select array_agg(q.id) into v_ids from (
        select q.id from waymark.quarantined_event q where q.replayed_at < p_before limit p_most) q;
      delete from waymark.quarantined_event where id = any (v_ids);
    else
      raise exception 'there is no such rule';
  end case;
  v_gone := coalesce(cardinality(v_ids), 0);
  return v_gone;
end $$;
alter function waymark.gate_forget(text, timestamptz, int) owner to waymark_gate;
revoke all on function waymark.gate_forget(text, timestamptz, int) from public;
grant execute on function waymark.gate_forget(text, timestamptz, int) to waymark_app;
comment on function waymark.gate_forget(text, timestamptz, int) is
  'removes some of what a rule of retention/rules.yaml keeps no longer, and says how many; safe to run anywhere, any time';
create index device_session_ended on waymark.device_session (ended_at) where ended_at is not null;
comment on index waymark.device_session_ended is 'which ended sessions are forgotten next';
