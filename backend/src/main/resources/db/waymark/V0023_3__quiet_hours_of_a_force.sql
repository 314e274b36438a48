alter table waymark.force
  add column quiet_from time,
  add column quiet_to time,
  add check ((quiet_from is null) = (quiet_to is null));
comment on column waymark.force.quiet_from is
  'UK local time from which no phone of somebody who has chosen no quiet hours rings or lights up; null: the force has none';
comment on column waymark.force.quiet_to is 'until when; not after quiet_from: on the day after';
