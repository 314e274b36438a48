-- 50,000 cases brought in: every event read the whole of hearing_person three times and the whole of hearing once.
create index hearing_person_by_case on waymark.hearing_person (case_id);
comment on index waymark.hearing_person_by_case is 'who is at the court dates of one case: three times an event';
create index hearing_by_event on waymark.hearing (event_id) where event_id is not null;
comment on index waymark.hearing_by_event is 'the court date that a message speaks of: once a message';
