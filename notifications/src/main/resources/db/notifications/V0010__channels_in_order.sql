-- A recipient who has read what a message is about needs no other channel: the host may say so of its own tenant's.
create policy app_reads_for_recipient on notifications.message for update to waymark_app
    using (tenant = (select notifications.ctx_tenant()) and state in ('accepted', 'unknown'))
    with check (tenant = (select notifications.ctx_tenant()) and state = 'delivered' and reason = 'read');
create policy app_reads_for_recipient on notifications.ended for insert to waymark_app
    with check (tenant = (select notifications.ctx_tenant()) and state = 'delivered' and reason = 'read');

-- policies see the row before or after, never both: between them they would let what waits become delivered
create function notifications.refuse_transition() returns trigger
    language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
    raise exception 'a message in state % may not be made % by the application', old.state, new.state
        using errcode = 'insufficient_privilege';
end
$$;
comment on function notifications.refuse_transition() is 'Where a message that waits is to be delivered, or one with a provider cancelled.';
create trigger app_moves before update on notifications.message
    for each row when (current_user = 'waymark_app'
        and not (old.state in ('queued', 'held') and new.state = 'cancelled'
            or old.state in ('accepted', 'unknown') and new.state = 'delivered'))
    execute function notifications.refuse_transition();

-- What was not read in time, or did not arrive, goes on to the next channel where the policy knew of one.
alter table notifications.message add column tried text;
comment on column notifications.message.tried is
    'Channel of the latest attempt where another may follow it; null where it is the last.';
create index message_unread on notifications.message (escalate_at, id)
    where state in ('accepted', 'unknown') and escalate_at is not null;
comment on index notifications.message_unread is 'What another channel follows unless it is read.';
comment on column notifications.message.refused is
    'Channels that were tried in vain and will not be tried again: the provider did not take it, nobody read it, or it did not arrive.';
create index message_unread_recipient on notifications.message (tenant, recipient_ref)
    where state in ('accepted', 'unknown') and escalate_at is not null;
comment on index notifications.message_unread_recipient is 'What a recipient reads somewhere else, so that nothing follows.';
grant select (escalate_at) on notifications.message to waymark_app;
