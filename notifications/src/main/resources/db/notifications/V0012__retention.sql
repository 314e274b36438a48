-- What was said goes in two stages: first the words, fields and numbers, here and at the provider, once the host has been
-- handed what was said; at the end everything that leads to a recipient, and only counts stay.
alter table notifications.message
    add column wiped_at_end boolean not null default false,
    add column wiped_at     timestamptz;
comment on column notifications.message.wiped_at_end is
    'Of its class when it was enqueued: its words go as soon as it has ended, and are never handed over.';
comment on column notifications.message.wiped_at is
    'Case time at which its fields, and the addresses and texts of its attempts, were wiped.';
create index message_to_wipe on notifications.message ((coalesce(ended_at, due_at)))
    where wiped_at is null and not wiped_at_end and state not in ('queued', 'held', 'started');
comment on index notifications.message_to_wipe is 'The first stage: the oldest message with its words comes first.';
create index message_to_wipe_at_end on notifications.message ((coalesce(ended_at, due_at)))
    where wiped_at is null and wiped_at_end and state not in ('queued', 'held', 'started');
comment on index notifications.message_to_wipe_at_end is 'The same for what is wiped as soon as it has ended.';
create index message_created on notifications.message using brin (created_at);
comment on index notifications.message_created is 'The second stage reads the oldest; costs an insert next to nothing.';

alter table notifications.attempt add column told text;
comment on column notifications.attempt.told is 'The state that the host was last told of; null while it knows nothing.';
-- of the message, whose state stands in indexes in any case: a change of an attempt's state then writes no index
alter table notifications.message
    add column told_state    text,
    add column told_attempts integer;
comment on column notifications.message.told_state is 'The state up to which the host was told what was said.';
comment on column notifications.message.told_attempts is 'The same, of the number of attempts.';
create index message_to_tell on notifications.message (id)
    where (told_state is distinct from state or told_attempts is distinct from attempts)
      and state not in ('queued', 'held', 'started');
comment on index notifications.message_to_tell is 'What is to be handed to the host: what left us, and how it went since.';
create index attempt_begun on notifications.attempt using brin (started_at);
comment on index notifications.attempt_begun is 'Reports by period; costs an insert next to nothing.';
create index ended_when on notifications.ended using brin (ended_at);
comment on index notifications.ended_when is 'Reports by period.';

alter table notifications.inbound add column wiped_at timestamptz;
comment on column notifications.inbound.wiped_at is 'Case time at which its text and numbers were wiped.';
create index inbound_to_wipe on notifications.inbound (received_at) where wiped_at is null and handled_at is not null;
comment on index notifications.inbound_to_wipe is 'Replies that the host has acted on and that still have their words.';

create table notifications.erasure (
    provider            text        not null,
    provider_account    text        not null,
    provider_message_id text        not null,
    tenant              uuid        not null,
    wiped_at            timestamptz not null,
    next_at             timestamptz,
    tries               integer     not null default 0,
    result              text check (result in ('erased', 'gone', 'refused', 'given_up')),
    erased_at           timestamptz,
    primary key (provider, provider_account, provider_message_id)
);
comment on table notifications.erasure is 'Texts that are to go at the provider too, and have gone: one request each, repeated until it is done.';
comment on column notifications.erasure.wiped_at is 'Case time at which the text was wiped here.';
comment on column notifications.erasure.next_at is 'Machine time of the next request; null once there is none.';
comment on column notifications.erasure.result is 'How it ended: gone says that the provider no longer had it.';
comment on column notifications.erasure.erased_at is 'Machine time at which it ended.';
create index erasure_next on notifications.erasure (next_at) where next_at is not null;
comment on index notifications.erasure_next is 'Requests to be made.';

create table notifications.daily_count (
    tenant           uuid    not null,
    day              date    not null,
    template         text    not null,
    template_version integer not null,
    channel          text    not null,
    provider         text    not null,
    outcome          text    not null,
    number           bigint  not null,
    segments         bigint  not null,
    primary key (tenant, day, template, template_version, channel, provider, outcome)
);
comment on table notifications.daily_count is 'What stays of messages once they are forgotten: how many, never whose.';
comment on column notifications.daily_count.day is 'In the host''s zone.';
comment on column notifications.daily_count.template_version is '0 for messages that were never tried.';
comment on column notifications.daily_count.channel is 'Empty for messages that were never tried, as is provider.';
comment on column notifications.daily_count.outcome is
    'Of an attempt: accepted, delivered, failed, unknown, rejected, unavailable. Of a message that ended without one that was taken: expired, withheld, cancelled, not_tried.';

alter table notifications.erasure enable row level security;
alter table notifications.erasure force row level security;
alter table notifications.daily_count enable row level security;
alter table notifications.daily_count force row level security;

grant delete on notifications.message, notifications.message_key, notifications.attempt, notifications.provider_message,
    notifications.receipt, notifications.inbound, notifications.ended to waymark_dispatcher;
grant select, insert, update, delete on notifications.erasure, notifications.daily_count to waymark_dispatcher;
create policy dispatcher_forgets on notifications.message_key for delete to waymark_dispatcher using (true);
create policy dispatcher on notifications.erasure to waymark_dispatcher using (true) with check (true);
create policy dispatcher on notifications.daily_count to waymark_dispatcher using (true) with check (true);

-- figures for the tenant's own people: what is sealed stays out of the application's reach
grant select (id, id_at, message_id, message_id_at, tenant, number, channel, template_version, language, segments, state,
              provider, started_at, answered_at, settled_at) on notifications.attempt to waymark_app;
create policy app_counts on notifications.attempt for select to waymark_app
    using (tenant = (select notifications.ctx_tenant()));
grant select on notifications.daily_count to waymark_app;
create policy app_counts on notifications.daily_count for select to waymark_app
    using (tenant = (select notifications.ctx_tenant()));

create index message_key_of on notifications.message_key using brin (message_id);
comment on index notifications.message_key_of is 'Keys of a run of messages that are forgotten together.';
create index receipt_reported on notifications.receipt using brin (reported_at);
comment on index notifications.receipt_reported is 'Receipts that never matched, forgotten at the end.';
create index inbound_received on notifications.inbound using brin (received_at);
comment on index notifications.inbound_received is 'Replies, forgotten at the end.';

alter table notifications.kept_sender add column used_at timestamptz;
comment on column notifications.kept_sender.used_at is
    'Case time at which it was last seen that the person is written to, give or take some months; null until then.';
