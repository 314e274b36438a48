-- Who reads a statement aloud is a wish of its person's and no part of what they signed: they may change it until everybody is sentenced.
alter table waymark.statement_standing
  add column read_aloud text check (read_aloud in ('self', 'someone_else', 'not_at_all', 'court_decides')),
  add column read_aloud_at timestamptz,
  add column read_aloud_changes integer not null default 0,
  add check ((read_aloud is null) = (read_aloud_at is null));
comment on column waymark.statement_standing.read_aloud is 'who is to read it aloud, by what its person said last; null: as it was signed';
comment on column waymark.statement_standing.read_aloud_at is 'case time at which they said so';
comment on column waymark.statement_standing.read_aloud_changes is 'how often they have changed it: whoever read an older one changes nothing';
grant update (read_aloud, read_aloud_at, read_aloud_changes) on waymark.statement_standing to waymark_gate;

create function waymark.gate_change_read_aloud(p_id uuid, p_person uuid, p_changes integer, p_choice text, p_now timestamptz)
  returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform waymark.own_person(p_person);
  update waymark.statement_standing set read_aloud = p_choice, read_aloud_at = p_now, read_aloud_changes = read_aloud_changes + 1
   where statement_id = p_id and person_id = p_person and read_aloud_changes = p_changes and state <> 'kept_elsewhere';
  return found;
end $$;
alter function waymark.gate_change_read_aloud owner to waymark_gate;
revoke all on function waymark.gate_change_read_aloud from public;
grant execute on function waymark.gate_change_read_aloud to waymark_app;
comment on function waymark.gate_change_read_aloud is
  'a person would like another to read a signed statement of theirs aloud, or nobody; false where it was changed since they read it';
