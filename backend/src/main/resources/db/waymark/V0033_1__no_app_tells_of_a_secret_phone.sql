-- In a flagged case somebody else may hold a phone that is signed in, and nobody there has been asked yet what is to be kept
-- back: an app that tells of another sign-in tells him of her other phone. Then no app does, whatever was chosen; nor does one
-- of a sign-in with a code that staff read out, which is for who has no phone of their own.
alter table waymark.account alter column activity_hidden drop not null, alter column activity_hidden drop default;
alter table waymark.account no force row level security;
update waymark.account set activity_hidden = null where not activity_hidden;
alter table waymark.account force row level security;
comment on column waymark.account.activity_hidden is
  'the lists of devices and of recent activity show nothing unless the sign-in is fresh; null: so in a flagged case';

create or replace function waymark.gate_notice_bars(p_subjects uuid[]) returns table (subject_id uuid, kind text, registration_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select c.id, c.kind, r.id
    from waymark.contact_change c left join waymark.push_registration r on r.session_id = c.session_id
   where c.id = any (p_subjects) and waymark.ctx_kind() = 'worker'
  union all
  select d.id, null, r.id
    from waymark.device_session d
    join waymark.account a on a.id = d.account_id
    left join waymark.device_session o on o.account_id = d.account_id
     and (o.id = d.id or a.activity_hidden or waymark.account_flagged(a.id)
          or exists (select 1 from waymark.spoken_code s
                       join waymark.account_person l on l.person_id = s.person_id and l.account_id = a.id
                      where s.used_at = d.signed_in_at))
    left join waymark.push_registration r on r.session_id = o.id
   where d.id = any (p_subjects) and waymark.ctx_kind() = 'worker'
$$;
comment on function waymark.gate_notice_bars(uuid[]) is
  'by the change or the session that a notice is about: the kind that was replaced, and the app on the device that did it; of a '
  'sign-in, every app of an account that is flagged or keeps its lists of devices back, and of one by a code that was read out';
