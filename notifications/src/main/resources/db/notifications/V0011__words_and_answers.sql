-- The words, by version: what was once said can be read again, and a message keeps the words it was made with.
create table notifications.template (
    id       uuid        not null primary key,
    tenant   uuid,
    name     text        not null check (length(name) between 1 and 60),
    version  integer     not null check (version >= 1),
    fields   text[]      not null,
    wording  jsonb       not null,
    saved_at timestamptz not null,
    unique nulls not distinct (name, tenant, version)
);
comment on table notifications.template is
    'Words of messages. A version never changes; the newest is used for what is enqueued next.';
comment on column notifications.template.tenant is 'Whose own words; null for those that all tenants share.';
comment on column notifications.template.fields is 'What a message must bring to be made with this version.';
comment on column notifications.template.wording is
    'Budgets, fields with their longest values, texts by language and variant: Wording.';
comment on column notifications.template.saved_at is 'Case time.';

alter table notifications.template enable row level security;
alter table notifications.template force row level security;
-- no update and no delete for anybody
grant select, insert on notifications.template to waymark_app;
grant select on notifications.template to waymark_dispatcher;
create policy app_reads on notifications.template for select to waymark_app
    using (tenant is null or tenant = (select notifications.ctx_tenant()));
-- what all share is saved by a transaction that acts for no tenant, so that no tenant can put words into others' mouths
create policy app_saves on notifications.template for insert to waymark_app
    with check (tenant is not distinct from (select notifications.ctx_tenant()));
create policy dispatcher on notifications.template for select to waymark_dispatcher using (true);

alter table notifications.message
    add column template_version integer,
    add column template_own boolean not null default false;
comment on column notifications.message.template_version is
    'Version of the template it was made with; null if none was kept then: it is said in the words that the host ships.';
comment on column notifications.message.template_own is
    'Whether that is a version of the tenant''s own, not of those that all share.';
grant select (template_version, template_own) on notifications.message to waymark_app;

-- What a reply answers is found by the keyed hash of the number: also when the number itself has been wiped.
alter table notifications.attempt add column asks boolean not null default false;
comment on column notifications.attempt.asks is 'Whether its message asks for a reply, which then finds it by address_key.';
create index attempt_asked on notifications.attempt (address_key, started_at) where asks;
comment on index notifications.attempt_asked is 'From the number that a reply comes from to what was asked there.';
grant select (id, id_at, message_id, message_id_at, tenant, channel, state, address_key, asks, started_at)
    on notifications.attempt to waymark_app;
create policy app_matches_replies on notifications.attempt for select to waymark_app
    using (tenant = (select notifications.ctx_tenant()));

alter table notifications.inbound
    add column address_key bytea,
    add column answers_message_id uuid,
    add column answers_message_id_at timestamptz;
comment on column notifications.inbound.address_key is 'Keyed hash of the sender''s number; stays when the number is wiped.';
comment on column notifications.inbound.answers_message_id is
    'The message that it answers: the last that asked something at that number; null for none.';
grant select (address_key, answers_message_id, answers_message_id_at) on notifications.inbound to waymark_app;
create index inbound_answers on notifications.inbound (answers_message_id) where answers_message_id is not null;
comment on index notifications.inbound_answers is 'The answers to one message.';
