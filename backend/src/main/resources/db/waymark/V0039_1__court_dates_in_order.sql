-- Staff read court dates by day; those of which only the week is known stand under its Monday.
create index hearing_in_order on waymark.hearing (force_id, (coalesce(on_date, week_of, date '9999-12-31')), id) where state <> 'gone';
comment on index waymark.hearing_in_order is 'pages of a force''s court dates, by day';
