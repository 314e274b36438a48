-- Who may do what. The application sees the tenant it acts for and may only enqueue, cancel, read, store replies and mark
-- events as handled. The dispatcher sees all tenants and nothing outside this schema. Sealed columns are not readable
-- by the application at all.
grant usage on schema notifications to waymark_app, waymark_dispatcher;
grant execute on function notifications.ctx_tenant() to waymark_app, waymark_dispatcher;

alter table notifications.message enable row level security;
alter table notifications.message force row level security;
alter table notifications.message_default enable row level security;
alter table notifications.message_default force row level security;
alter table notifications.message_key enable row level security;
alter table notifications.message_key force row level security;
alter table notifications.attempt enable row level security;
alter table notifications.attempt force row level security;
alter table notifications.attempt_default enable row level security;
alter table notifications.attempt_default force row level security;
alter table notifications.provider_message enable row level security;
alter table notifications.provider_message force row level security;
alter table notifications.receipt enable row level security;
alter table notifications.receipt force row level security;
alter table notifications.inbound enable row level security;
alter table notifications.inbound force row level security;
alter table notifications.ended enable row level security;
alter table notifications.ended force row level security;

grant insert on notifications.message to waymark_app;
grant select (id, id_at, tenant, recipient_ref, subject_ref, class, template, state, reason, not_before, expires_at,
              due_at, attempts, created_at, ended_at) on notifications.message to waymark_app;
grant update (state, reason, ended_at) on notifications.message to waymark_app;
grant select, insert on notifications.message_key to waymark_app;
grant insert on notifications.inbound to waymark_app;
grant select (id, tenant, provider, provider_account, provider_message_id, keyword, received_at, handled_at)
    on notifications.inbound to waymark_app;
grant update (handled_at) on notifications.inbound to waymark_app;
grant select, insert on notifications.ended to waymark_app;
grant update (handled_at) on notifications.ended to waymark_app;

grant select, insert, update on notifications.message, notifications.attempt, notifications.receipt,
    notifications.inbound, notifications.ended to waymark_dispatcher;
grant select, insert on notifications.provider_message to waymark_dispatcher;
grant select on notifications.message_key to waymark_dispatcher;

create policy app_reads on notifications.message for select to waymark_app
    using (tenant = (select notifications.ctx_tenant()));
create policy app_enqueues on notifications.message for insert to waymark_app
    with check (tenant = (select notifications.ctx_tenant()) and state = 'queued');
create policy app_cancels on notifications.message for update to waymark_app
    using (tenant = (select notifications.ctx_tenant()) and state in ('queued', 'held'))
    with check (tenant = (select notifications.ctx_tenant()) and state = 'cancelled');
create policy dispatcher on notifications.message to waymark_dispatcher using (true) with check (true);

create policy app on notifications.message_key to waymark_app
    using (tenant = (select notifications.ctx_tenant())) with check (tenant = (select notifications.ctx_tenant()));
create policy dispatcher on notifications.message_key for select to waymark_dispatcher using (true);

create policy dispatcher on notifications.attempt to waymark_dispatcher using (true) with check (true);
create policy dispatcher on notifications.provider_message to waymark_dispatcher using (true) with check (true);
create policy dispatcher on notifications.receipt to waymark_dispatcher using (true) with check (true);

create policy app on notifications.inbound to waymark_app
    using (tenant = (select notifications.ctx_tenant())) with check (tenant = (select notifications.ctx_tenant()));
create policy dispatcher on notifications.inbound to waymark_dispatcher using (true) with check (true);

create policy app_reads on notifications.ended for select to waymark_app
    using (tenant = (select notifications.ctx_tenant()));
create policy app_cancels on notifications.ended for insert to waymark_app
    with check (tenant = (select notifications.ctx_tenant()) and state = 'cancelled');
create policy app_handles on notifications.ended for update to waymark_app
    using (tenant = (select notifications.ctx_tenant())) with check (tenant = (select notifications.ctx_tenant()));
create policy dispatcher on notifications.ended to waymark_dispatcher using (true) with check (true);
