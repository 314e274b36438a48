-- Messages and attempts. Every identifier is a version 7 UUID made by the application; id_at is the moment inside it
-- and the partition key, so that a row is found in one partition from its id alone.
create schema if not exists notifications;
comment on schema notifications is 'Messaging: outbox, attempts, receipts, replies. Knows tenants and opaque references only.';

create function notifications.ctx_tenant() returns uuid
    language sql stable parallel safe
    as $$ select nullif(current_setting('notifications.tenant', true), '')::uuid $$;
comment on function notifications.ctx_tenant() is
    'The tenant this transaction acts for, set with set_config(''notifications.tenant'', ..., true); null shows nothing.';

create table notifications.message (
    id            uuid        not null,
    id_at         timestamptz not null,
    tenant        uuid        not null,
    recipient_ref uuid        not null,
    subject_ref   uuid,
    class         text        not null check (length(class) between 1 and 60),
    template      text        not null check (length(template) between 1 and 60),
    fields        bytea,
    state         text        not null check (state in ('queued', 'held', 'started', 'accepted', 'delivered',
                                                        'failed', 'unknown', 'cancelled', 'expired', 'withheld')),
    reason        text,
    not_before    timestamptz not null,
    expires_at    timestamptz not null,
    due_at        timestamptz not null,
    attempts      integer     not null default 0,
    attempt_id    uuid,
    lease         uuid,
    lease_until   timestamptz,
    created_at    timestamptz not null,
    ended_at      timestamptz,
    primary key (id, id_at),
    check (expires_at > not_before)
) partition by range (id_at);
comment on table notifications.message is 'One thing to say to one recipient; state and its transitions: MessageState.';
comment on column notifications.message.id_at is 'Moment inside the id (machine time); partition key.';
comment on column notifications.message.recipient_ref is 'Who, as the host knows them; never a number.';
comment on column notifications.message.subject_ref is 'What it is about, as the host knows it; what is cancelled together shares it.';
comment on column notifications.message.class is 'Message class of the host: decides validity and what the policy allows.';
comment on column notifications.message.fields is 'Template fields, sealed as notifications.message.fields; null once wiped.';
comment on column notifications.message.reason is 'Why it is held, failed, withheld ...: a word, never text of a person.';
comment on column notifications.message.due_at is 'Case time at which it is looked at next: not before, end of a hold, a retry, or its expiry.';
comment on column notifications.message.attempt_id is 'The latest attempt; only its outcome and its receipts move the message.';
comment on column notifications.message.lease is 'Token of the claim that holds the row.';
comment on column notifications.message.lease_until is 'Machine time (clock_timestamp) at which the claim lapses.';
comment on column notifications.message.created_at is 'Case time of enqueueing.';
comment on column notifications.message.ended_at is 'Case time of the terminal state.';

create table notifications.message_default partition of notifications.message default;
comment on table notifications.message_default is 'Catches what falls outside the monthly partitions; should stay empty.';

create index message_due on notifications.message (due_at, id) where state in ('queued', 'held');
comment on index notifications.message_due is 'The queue: the only index that a claim reads.';
create index message_started on notifications.message (lease_until) where state = 'started';
comment on index notifications.message_started is 'Started attempts whose lease may lapse.';
create index message_open_subject on notifications.message (tenant, subject_ref) where state in ('queued', 'held');
comment on index notifications.message_open_subject is 'Cancelling all that waits about one subject.';
create index message_open_recipient on notifications.message (tenant, recipient_ref) where state in ('queued', 'held');
comment on index notifications.message_open_recipient is 'Cancelling all that waits for one recipient.';
create index message_listed on notifications.message
    (tenant, (case when state in ('failed', 'unknown', 'expired', 'withheld') then 0 else 1 end), id desc);
comment on index notifications.message_listed is 'The staff list: what needs a person first, then newest.';

create table notifications.message_key (
    tenant        uuid        not null,
    dedupe_key    text        not null check (length(dedupe_key) between 1 and 200),
    message_id    uuid        not null,
    message_id_at timestamptz not null,
    primary key (tenant, dedupe_key)
);
comment on table notifications.message_key is 'One message per key and tenant, across all partitions.';
comment on column notifications.message_key.dedupe_key is 'The host''s own key: opaque, no personal data.';

create table notifications.attempt (
    id                  uuid        not null,
    id_at               timestamptz not null,
    message_id          uuid        not null,
    message_id_at       timestamptz not null,
    tenant              uuid        not null,
    number              integer     not null,
    channel             text        not null,
    template_version    integer     not null,
    language            text        not null,
    variant             text        not null,
    segments            integer,
    address             bytea,
    body                bytea,
    state               text        not null check (state in ('started', 'accepted', 'rejected', 'unavailable',
                                                              'unknown', 'delivered', 'failed')),
    code                text,
    meaning             text,
    provider            text,
    provider_account    text,
    provider_message_id text,
    started_at          timestamptz not null,
    answered_at         timestamptz,
    settled_at          timestamptz,
    primary key (id, id_at)
) partition by range (id_at);
comment on table notifications.attempt is 'One try to hand a message to a provider, committed as started before the provider is called.';
comment on column notifications.attempt.number is '1 for the first try of its message.';
comment on column notifications.attempt.address is 'Where to, sealed as notifications.attempt.address; null once wiped.';
comment on column notifications.attempt.body is 'The text as sent, sealed as notifications.attempt.body; null once wiped.';
comment on column notifications.attempt.code is 'The provider''s code, as it came.';
comment on column notifications.attempt.meaning is 'What the code means, in our words.';
comment on column notifications.attempt.started_at is 'Case time.';
comment on column notifications.attempt.answered_at is 'Case time at which the provider''s answer was recorded.';
comment on column notifications.attempt.settled_at is 'Case time at which a receipt settled it.';

create table notifications.attempt_default partition of notifications.attempt default;
comment on table notifications.attempt_default is 'Catches what falls outside the monthly partitions; should stay empty.';
create index attempt_message on notifications.attempt (message_id);
comment on index notifications.attempt_message is 'The attempts of one message.';
