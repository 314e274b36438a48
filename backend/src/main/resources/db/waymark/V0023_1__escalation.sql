alter table waymark.work_item add column escalated_at timestamptz;
comment on column waymark.work_item.escalated_at is
  'case time at which it was raised to supervisors: its due time had passed, or it must not wait for that; null until then';
create index work_item_to_escalate on waymark.work_item (force_id, due_at) where completed_at is null and escalated_at is null;
comment on index waymark.work_item_to_escalate is 'what is raised to supervisors next';
create index work_item_escalated on waymark.work_item (force_id, due_at, id) where completed_at is null and escalated_at is not null;
comment on index waymark.work_item_escalated is 'what supervisors look at first';
