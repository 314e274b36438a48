-- Who is to read a statement aloud, as far as nobody else can have said it: where staff hear that a change was not the person's, that holds.
alter table waymark.statement_standing
  add column read_aloud_sure text check (read_aloud_sure in ('self', 'someone_else', 'not_at_all', 'court_decides'));
comment on column waymark.statement_standing.read_aloud_sure is
  'what was said last outside a case with a safety flag, or what staff have heard from the person themselves; null: as it was signed';
grant update (read_aloud, read_aloud_at, read_aloud_changes, read_aloud_sure) on waymark.statement_standing to waymark_app;
