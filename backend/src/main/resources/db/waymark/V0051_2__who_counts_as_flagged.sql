-- Whoever shares a number with somebody in a flagged case counts as flagged wherever a word for calls is looked at: to staff who
-- hear it, to staff who are told it before they ring, and when it is put down on the phone.
create or replace function waymark.gate_flagged_together(p_person uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select 1 from waymark.account_person l
                  where l.person_id = p_person and l.ended_at is null and waymark.account_flagged(l.account_id)
                    and (l.force_id = waymark.ctx_force() and waymark.ctx_kind() in ('staff', 'worker', 'system')
                         or l.person_id = any (waymark.ctx_persons()) and waymark.ctx_kind() = 'person'))
$$;
comment on function waymark.gate_flagged_together(uuid) is
  'for a force''s own person, or of persons themselves: somebody with the same number is in a case with a safety flag. No answer to a '
  'person may show it.';
