-- How well each provider account does, which moves the share of messages that leave by it, and by whom each person is
-- written to.
create table notifications.circuit (
    provider    text        not null,
    account     text        not null,
    channel     text        not null,
    health      smallint    not null default 100 check (health between 0 and 100),
    version     integer     not null default 0,
    changed_at  timestamptz not null,
    worsened_at timestamptz,
    primary key (provider, account, channel)
);
comment on table notifications.circuit is
    'What is left of each account''s weight, in per cent: moved by errors and slow delivery, by one instance at a time under a row lock.';
comment on column notifications.circuit.health is '100 rests; 0 is open: nothing leaves by it while another account can take it.';
comment on column notifications.circuit.changed_at is 'Machine time.';
comment on column notifications.circuit.worsened_at is 'Machine time of the last step down: recovery waits for quiet since then.';

create table notifications.circuit_change (
    provider   text        not null,
    account    text        not null,
    channel    text        not null,
    version    integer     not null,
    health     smallint    not null,
    reason     text        not null check (reason in ('errors', 'slow_delivery', 'recovery')),
    changed_at timestamptz not null,
    primary key (provider, account, channel, version)
);
comment on table notifications.circuit_change is 'Every step of a circuit, with its reason.';
comment on column notifications.circuit_change.changed_at is 'Machine time.';

create table notifications.provider_calls (
    id         uuid        not null primary key,
    provider   text        not null,
    account    text        not null,
    channel    text        not null,
    calls      integer     not null,
    errors     integer     not null,
    counted_at timestamptz not null
);
comment on table notifications.provider_calls is
    'How many calls one instance made within a few seconds, and how many failed; kept for an hour.';
comment on column notifications.provider_calls.errors is 'Calls that found the provider unavailable or left the outcome unknown.';
comment on column notifications.provider_calls.counted_at is 'Machine time.';
create index provider_calls_counted on notifications.provider_calls (counted_at);
comment on index notifications.provider_calls_counted is 'The last minute of it.';

create table notifications.kept_sender (
    tenant        uuid        not null,
    recipient_ref uuid        not null,
    channel       text        not null,
    discreet      boolean     not null,
    provider      text        not null,
    account       text        not null,
    chosen_at     timestamptz not null,
    primary key (tenant, recipient_ref, channel, discreet)
);
comment on table notifications.kept_sender is
    'By whom a person is written to where there is a choice: they see one number, and another one in discreet messages.';
comment on column notifications.kept_sender.chosen_at is 'Case time.';

do $$
declare t text;
begin
    foreach t in array array['circuit', 'circuit_change', 'provider_calls', 'kept_sender'] loop
        execute format('alter table notifications.%I enable row level security', t);
        execute format('alter table notifications.%I force row level security', t);
        execute format('create policy dispatcher on notifications.%I to waymark_dispatcher using (true) with check (true)', t);
        execute format('grant select, insert, update, delete on notifications.%I to waymark_dispatcher', t);
    end loop;
end $$;
