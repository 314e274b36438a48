-- When the force's own system had the preferences of a person as they stand now.
alter table waymark.person add column preferences_passed_on_at timestamptz;
comment on column waymark.person.preferences_passed_on_at is
  'case time at which the force''s own system had said of every case of theirs that it has the preferences as they stand; null while it has not';
