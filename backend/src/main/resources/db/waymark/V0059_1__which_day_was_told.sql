-- Who was told on the telephone, by letter or in person knows of the day and the court that they were told, and not of those
-- that it has by now.
alter table waymark.hearing_told add column starts_at timestamptz;
alter table waymark.hearing_told add column on_date date;
alter table waymark.hearing_told add column week_of date;
alter table waymark.hearing_told add column court text;
comment on column waymark.hearing_told.starts_at is
  'the date that they were told of, as in hearing; so are on_date, week_of and court. All null where nobody wrote it down';
