-- By which provider an attempt leaves is settled before it is called: after a crash it is known whom to ask.
alter table notifications.attempt
    add column chosen_because text,
    add column address_key bytea;
comment on column notifications.attempt.provider is 'Who was called: set when the attempt is started.';
comment on column notifications.attempt.chosen_because is 'Why this provider: only, weight, kept, circuit_open ...';
comment on column notifications.attempt.address_key is
    'Keyed hash of the address, by which a reply finds what it answers once the address itself is wiped.';

alter table notifications.message
    add column priority smallint not null default 5,
    add column unavailable text[] not null default '{}',
    add column escalate_at timestamptz;
comment on column notifications.message.priority is 'Of its class when it was enqueued; the lower, the sooner.';
comment on column notifications.message.unavailable is
    'Accounts, as provider/account, that could not take it at the last tries: passed over at the next.';
comment on column notifications.message.escalate_at is
    'Case time at which the next channel follows unless this one was read; null where none follows.';
