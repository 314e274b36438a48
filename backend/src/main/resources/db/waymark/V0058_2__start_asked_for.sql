-- In a case with a safety flag START may come from whoever has the phone: it asks, and staff's word that texts are safe answers.
alter table waymark.person add column texts_start_asked_at timestamptz;
comment on column waymark.person.texts_start_asked_at is
  'case time at which START was texted in a case with a safety flag, while texts are stopped; null where staff have nothing to ask';
