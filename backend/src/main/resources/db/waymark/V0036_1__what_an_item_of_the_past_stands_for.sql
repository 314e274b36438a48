-- An item about the past stands for all of it that had come in when the item was opened; what comes in later is another item.
alter table waymark.in_person add column up_to timestamptz;
comment on column waymark.in_person.up_to is 'case time: of an item that stands for the past, when the last event came in that it stands for; null for an item about one event';
