-- The queue is read by what it is about, too: what is rare among ten thousand is found without reading them all.
create index work_item_by_kind on waymark.work_item (force_id, kind) where completed_at is null;
comment on index waymark.work_item_by_kind is 'the queue of one group of kinds, and how many wait of each';
