-- A finished change of number names the device that began it: as long as it is kept, so is that session. It goes by a rule now.
grant delete on waymark.contact_change to waymark_gate;

create or replace function waymark.gate_forget(p_what text, p_before timestamptz, p_most int) returns int
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_ids uuid[];
  v_gone int := 0;
begin
  case p_what
    when 'finished_changes' then
      select array_agg(x.id) into v_ids from (
        select x.id from waymark.contact_change x
         where coalesce(x.done_at, x.ended_at) < p_before
         limit p_most for update skip locked) x;
      delete from waymark.contact_change where id = any (v_ids);
    when 'ended_sessions' then
      select array_agg(d.id) into v_ids from (
        select d.id from waymark.device_session d
         where d.ended_at < p_before
           and not exists (select 1 from waymark.sign_in_code c where c.session_id = d.id or c.opened_session = d.id)
           and not exists (select 1 from waymark.contact_change x where x.session_id = d.id)
         order by d.ended_at limit p_most for update skip locked) d;
      delete from waymark.push_registration where session_id = any (v_ids);
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
