-- Whoever had to be there before the source asked for quiet may be reminded all along.
alter table waymark.hearing add column quiet_since timestamptz;
comment on column waymark.hearing.quiet_since is
  'case time since when its sources ask that nobody be told; null where they do not, or where that was not kept yet';
