-- Where staff hear that a change of who reads it aloud was not the person's, the phone goes on showing it: whoever made it must not learn that.
alter table waymark.statement_standing add column read_aloud_disowned integer;
comment on column waymark.statement_standing.read_aloud_disowned is
  'the number of the change (read_aloud_changes) that its person said was not theirs: while it is the last, read_aloud_sure holds for staff '
  'and the force''s system; null: none';
grant update (read_aloud_disowned) on waymark.statement_standing to waymark_app;
