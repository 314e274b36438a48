alter table waymark.force add column subject_access text check (length(subject_access) between 5 and 300);
comment on column waymark.force.subject_access is
  'where people ask the force for all that it holds about them (subject access), as it stands in the file that they take with them';
