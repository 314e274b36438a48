-- A call that comes before anything else is a task of staff as other calls are, and goes when the person reads the news.
drop index waymark.work_item_task;
create index work_item_task on waymark.work_item (subject_id) where kind in ('call_to_make', 'letter_to_post', 'call_first');
comment on index waymark.work_item_task is
  'a message was read or settled: what staff were to do for it goes; and how often staff have rung in vain';
