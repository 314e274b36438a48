-- Staff see each other by name at the queue: what each is called is kept for every force, and people see it only where theirs lets them.
alter table waymark.staff_name
  add column takes_items boolean not null default false,
  add column seen_on date;
comment on table waymark.staff_name is 'What members of staff are called, for their colleagues; people see it only where the force says so (force.staff_names_shown).';
comment on column waymark.staff_name.takes_items is 'whether items of the queue can be given to them: by their roles when they were last here';
comment on column waymark.staff_name.seen_on is 'machine day on which they were last here; whoever has not been for long is not offered';
