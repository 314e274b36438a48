create index work_item_words on waymark.work_item (force_id, completed_at)
  where completed_at is not null and (detail is not null or note is not null);
comment on index waymark.work_item_words is 'whose words go next: replies and notes by the force''s rule, what was rung or posted sooner';
comment on column waymark.work_item.detail is 'sealed text: a reply, or whom to tell what; wiped some time after the item is completed';
comment on column waymark.work_item.note is 'sealed: what staff wrote when they completed it; wiped by the force''s rule';
