-- A reply is stored before anything is made of it, and taken up again until that has succeeded.
create index inbound_waiting on notifications.inbound (received_at, id) where handled_at is null;
comment on index notifications.inbound_waiting is 'Replies that the host has not acted on yet.';

-- A reply from a number that a force holds no longer finds whom it last wrote to there.
create index attempt_sent_to on notifications.attempt (address_key, started_at);
comment on index notifications.attempt_sent_to is 'From the number that a reply comes from to what was last sent there.';
