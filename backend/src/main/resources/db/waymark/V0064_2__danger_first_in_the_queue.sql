-- Who is in danger or does not feel safe is no later than who asked for help.
drop index waymark.work_item_urgent;
create index work_item_urgent on waymark.work_item (force_id, (reason not in ('danger', 'not_safe', 'reply_help')), due_at, id)
  where completed_at is null;
comment on index waymark.work_item_urgent is 'the queue: who is in danger, does not feel safe or asked for help first, then by what is due first';
