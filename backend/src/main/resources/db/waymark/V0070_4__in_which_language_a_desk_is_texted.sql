-- Whoever answers for a force at night may read Welsh.
alter table waymark.call_back_rule add column out_of_hours_language text check (out_of_hours_language in ('en', 'cy'));
comment on column waymark.call_back_rule.out_of_hours_language is 'in which language the desk is texted; null: English';
