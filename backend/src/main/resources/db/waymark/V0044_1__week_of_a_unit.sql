-- What a witness care unit works by: the list of a week, calls and letters put down on it, and the queue by what is due first.
alter table waymark.hearing_told add column note bytea;
comment on column waymark.hearing_told.note is 'sealed: what staff wrote down when they rang, posted or said it';
alter table waymark.hearing_told add column outcome text check (outcome in ('told', 'no_answer', 'left_no_message', 'wrong_number'));
comment on column waymark.hearing_told.outcome is 'how it went, where staff put it down on the list of the court date; else null';
grant update (note) on waymark.hearing_told to waymark_app;

create index hearing_message_by_day on waymark.hearing_message (force_id, (coalesce(on_date, week_of)));
comment on index waymark.hearing_message_by_day is 'who was told to come in a week that the court date is no longer in';
create index hearing_in_week on waymark.hearing (force_id, (coalesce(on_date, week_of)), id);
comment on index waymark.hearing_in_week is 'the list of a week, with what is off';

create index work_item_of_subject on waymark.work_item (subject_id) where subject_id is not null;
comment on index waymark.work_item_of_subject is 'what waits, or waited, for staff about a message or a court date';
create index work_item_of_person on waymark.work_item (person_id) where completed_at is null and person_id is not null;
comment on index waymark.work_item_of_person is 'what waits for staff about a person';
create index work_item_urgent on waymark.work_item (force_id, (reason <> 'reply_help'), due_at, id) where completed_at is null;
comment on index waymark.work_item_urgent is 'the queue: who asked for help first, then by what is due first';
create index work_item_claimed on waymark.work_item (force_id, claimed_at) where completed_at is null and claimed_by is not null;
comment on index waymark.work_item_claimed is 'claims that lapse, and all that one member of staff has';
