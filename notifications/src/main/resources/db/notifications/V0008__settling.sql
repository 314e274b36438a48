-- What is unknown is settled by asking the provider, on a schedule that several instances share.
alter table notifications.message
    add column ask_at        timestamptz default '-infinity',
    add column asks          integer not null default 0,
    add column asked_about   uuid,
    add column unknown_since timestamptz;
comment on column notifications.message.ask_at is
    'Machine time at which the provider of an unknown attempt is asked next; null once it was given up, and a person has it.';
comment on column notifications.message.asks is 'How often the provider was asked about the attempt in question.';
comment on column notifications.message.asked_about is 'The attempt that asks and unknown_since are about.';
comment on column notifications.message.unknown_since is
    'Machine time at which that attempt was first found unknown: the quiet time and the time to give up count from it.';
create index message_unknown on notifications.message (ask_at) where state = 'unknown' and ask_at is not null;
comment on index notifications.message_unknown is 'Unknown messages that may still be settled by asking.';
