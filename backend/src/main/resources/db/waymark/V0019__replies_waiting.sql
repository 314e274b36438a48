-- A reply is stored before anything is made of it, and taken up again until that has succeeded.
create index inbound_waiting on notifications.inbound (received_at, id) where handled_at is null;
comment on index notifications.inbound_waiting is 'Replies that the host has not acted on yet.';
