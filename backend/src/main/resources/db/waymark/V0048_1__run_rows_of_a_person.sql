-- Every lot of a run asks what its people were told already, of whatever case.
create index reminder_run_row_by_person on waymark.reminder_run_row (person_id) where message_id is not null;
comment on index waymark.reminder_run_row_by_person is 'what runs have said to somebody of one moment, though several cases are heard then';
