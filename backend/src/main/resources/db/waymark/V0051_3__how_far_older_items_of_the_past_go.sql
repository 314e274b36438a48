-- An item about the past that was open when this was installed stands for what had come in when it was opened, as those since do:
-- without it, it would be taken off the queue and opened anew with the next event, also where an officer was at it.
alter table waymark.in_person no force row level security;
alter table waymark.case_event no force row level security;
alter table waymark.work_item no force row level security;
update waymark.in_person i
   set up_to = (select max(e.received_at) from waymark.case_event e
                 where e.case_id = i.case_id and not e.notifies and e.received_at <= w.created_at)
  from waymark.work_item w
 where w.force_id = i.force_id and w.dedupe_key = i.item_key and w.completed_at is null
   and i.up_to is null and i.ended_at is null
   and exists (select 1 from waymark.case_event own where own.id = i.event_id and not own.notifies);
alter table waymark.work_item force row level security;
alter table waymark.case_event force row level security;
alter table waymark.in_person force row level security;
