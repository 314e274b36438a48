-- A newer fold may make more of the same events: court dates have rows of their own since V0038. Cases of before are folded once more
-- in the background, so that whoever was called last month stands on this week's list.
alter table waymark.case_file add column folded_by smallint not null default 0;
-- what is new is folded as it comes; only what was there before this migration is looked at again
alter table waymark.case_file alter column folded_by set default 1;
comment on column waymark.case_file.folded_by is 'version of the fold that last wrote this case; an older one is looked at again';
create index case_file_folded_by on waymark.case_file (force_id, folded_by, id);
comment on index waymark.case_file_folded_by is 'the few that an older fold has left';
