-- Who does not feel safe at night: whoever answers then is texted, where they have a number that takes texts.
alter table waymark.call_back_rule add column out_of_hours_text text;
comment on column waymark.call_back_rule.out_of_hours_text is
  'E.164, of a phone of the desk and no person''s: it is texted while the unit is closed; none: out_of_hours_phone, where that is a mobile';
