-- What a provider took over and no receipt came for is asked about, and given up in the end, so that nobody is left untold.
alter table notifications.message add column chase_at timestamptz;
-- what was accepted before has none and is not asked about: no receipt may be had of most of it any more
alter table notifications.message alter column chase_at set default '-infinity';
comment on column notifications.message.chase_at is
    'Machine time at which the provider is asked for the receipt of an accepted message; also the claim of who asks. -infinity until it is said; null where none is to come.';
create index message_unconfirmed on notifications.message (chase_at) where state = 'accepted' and chase_at is not null;
comment on index notifications.message_unconfirmed is
    'What was accepted and waits for its receipt: written once for a message whose receipt comes.';
