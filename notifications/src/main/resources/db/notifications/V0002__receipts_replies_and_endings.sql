create table notifications.provider_message (
    provider            text        not null,
    provider_account    text        not null,
    provider_message_id text        not null,
    attempt_id          uuid        not null,
    attempt_id_at       timestamptz not null,
    primary key (provider, provider_account, provider_message_id)
);
comment on table notifications.provider_message is 'From a provider''s id to our attempt, across all partitions.';

create table notifications.receipt (
    id                  uuid        not null primary key,
    provider            text        not null,
    provider_account    text        not null,
    provider_message_id text        not null,
    attempt_id          uuid,
    status              text        not null check (status in ('delivered', 'failed', 'intermediate')),
    code                text        not null,
    meaning             text        not null,
    reported_at         timestamptz not null,
    applied_at          timestamptz,
    result              text        check (result in ('applied', 'late')),
    unique (provider, provider_account, provider_message_id, status, code)
);
comment on table notifications.receipt is 'What providers reported, stored as it came and before it is applied; the same report twice is one row.';
comment on column notifications.receipt.attempt_id is 'Our mark in the callback address, where the provider gave it back.';
comment on column notifications.receipt.code is 'The provider''s error code, or its own status word where there is none.';
comment on column notifications.receipt.applied_at is 'Case time at which it met its attempt; null while it matches nothing.';
comment on column notifications.receipt.result is 'applied: it moved the message; late: the message had moved past it.';
create index receipt_waiting on notifications.receipt (provider, provider_account, provider_message_id) where applied_at is null;
comment on index notifications.receipt_waiting is 'Receipts that came before we knew the provider''s id.';

create table notifications.inbound (
    id                  uuid        not null primary key,
    tenant              uuid        not null,
    provider            text        not null,
    provider_account    text        not null,
    provider_message_id text        not null,
    sender              bytea,
    recipient           bytea,
    body                bytea,
    keyword             text        not null,
    received_at         timestamptz not null,
    handled_at          timestamptz,
    unique (provider, provider_account, provider_message_id)
);
comment on table notifications.inbound is 'Replies, each stored once; what they mean is the host''s.';
comment on column notifications.inbound.sender is 'Sealed as notifications.inbound.sender; null once wiped.';
comment on column notifications.inbound.recipient is 'Sealed as notifications.inbound.recipient; null once wiped.';
comment on column notifications.inbound.body is 'Sealed as notifications.inbound.body; null once wiped.';
comment on column notifications.inbound.keyword is 'The keyword recognised in it, or none.';
comment on column notifications.inbound.received_at is 'Case time.';
comment on column notifications.inbound.handled_at is 'Machine time at which the host had acted on it.';

create table notifications.ended (
    id            uuid        not null primary key,
    message_id    uuid        not null,
    tenant        uuid        not null,
    recipient_ref uuid        not null,
    subject_ref   uuid,
    class         text        not null,
    template      text        not null,
    state         text        not null check (state in ('delivered', 'failed', 'unknown', 'cancelled', 'expired', 'withheld')),
    reason        text,
    ended_at      timestamptz not null,
    handled_at    timestamptz,
    unique (message_id, state)
);
comment on table notifications.ended is 'The event of every terminal state, and of unknown, written in the transaction that made it so.';
comment on column notifications.ended.ended_at is 'Case time.';
comment on column notifications.ended.handled_at is 'Machine time at which the host had acted on it.';
create index ended_waiting on notifications.ended (tenant, ended_at, id) where handled_at is null;
comment on index notifications.ended_waiting is 'Events the host has not acted on yet.';
