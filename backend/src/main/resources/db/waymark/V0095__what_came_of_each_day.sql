-- A court date that did not go ahead and has a new day keeps what came of the old one, and is asked about again after the new one.
alter table waymark.hearing_outcome no force row level security;
alter table waymark.hearing no force row level security;
alter table waymark.hearing_outcome add column day date;
comment on column waymark.hearing_outcome.day is
  'the day that it is about, as it stood when it was put down; of a week of which no day was said, its Monday';
update waymark.hearing_outcome o
   set day = coalesce(h.on_date, h.week_of, (o.recorded_at at time zone 'Europe/London')::date)
  from waymark.hearing h where h.id = o.hearing_id;
alter table waymark.hearing_outcome alter column day set not null;
alter table waymark.hearing_outcome drop constraint hearing_outcome_pkey;
alter table waymark.hearing_outcome add primary key (hearing_id, person_id, day);
alter table waymark.hearing force row level security;
alter table waymark.hearing_outcome force row level security;
