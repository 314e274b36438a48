-- A claim lapses after half an hour, and calls may go on for longer: who had it then may still put down how the call went.
alter table waymark.call_back add column lapsed_by text;
comment on column waymark.call_back.lapsed_by is
  'who had it when their claim lapsed, as claimed_by: it is theirs again when they put down how the call went; null: nobody, or somebody '
  'else has taken it on since';
