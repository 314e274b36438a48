-- A reminder is about the court dates that it names, and they about their case: what comes back of it is that case's too.
create or replace function waymark.case_of_subject(subject uuid, person uuid) returns uuid
  language sql stable security invoker set search_path = '' as $$
    select coalesce((select a.case_id from waymark.announcement a where a.event_id = subject and a.person_id = person limit 1),
                    (select h.case_id from waymark.hearing h where h.id = subject),
                    -- of several cases a restricted one: whoever may not open that one is not to read of it here
                    (select h.case_id from waymark.reminder r join waymark.hearing h on h.id = r.hearing_id
                       join waymark.case_file f on f.id = h.case_id
                      where r.subject_ref = subject order by f.restricted desc, h.id limit 1))
  $$;
