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
