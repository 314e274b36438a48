-- The Crown Court of Manchester may mean either of two: whoever was told of a date was told it of the one of this code.
alter table waymark.hearing_message add column ou_code text;
alter table waymark.hearing_told add column ou_code text;
comment on column waymark.hearing_message.ou_code is 'the code of the court that it says, as in hearing; null where it was not known';
comment on column waymark.hearing_told.ou_code is 'as in hearing_message, beside court; null as well where nobody wrote it down';
