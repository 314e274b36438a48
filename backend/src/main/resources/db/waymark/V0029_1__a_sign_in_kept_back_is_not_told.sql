-- Whoever keeps the lists of devices back does so because somebody else reads one of them. A notice on that device that another
-- one has signed in would tell what the list does not: then no app is told, and only an email address known to be safe is.
create or replace function waymark.gate_notice_bars(p_subjects uuid[]) returns table (subject_id uuid, kind text, registration_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.id, c.kind, r.id
    from waymark.contact_change c left join waymark.push_registration r on r.session_id = c.session_id
   where c.id = any (p_subjects) and waymark.ctx_kind() = 'worker'
  union all
  select d.id, null, r.id
    from waymark.device_session d
    join waymark.account a on a.id = d.account_id
    left join waymark.device_session o on o.account_id = d.account_id and (o.id = d.id or a.activity_hidden)
    left join waymark.push_registration r on r.session_id = o.id
   where d.id = any (p_subjects) and waymark.ctx_kind() = 'worker'
$$;
comment on function waymark.gate_notice_bars(uuid[]) is
  'by the change or the session that a notice is about: the kind that was replaced, and the app on the device that did it; of a '
  'sign-in, every app of an account that keeps its lists of devices back';
