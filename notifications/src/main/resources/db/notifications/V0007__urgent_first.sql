-- The queue in the order of urgency, and room in the pages for what dispatch changes.
create index message_first on notifications.message (priority, due_at, id) where state in ('queued', 'held');
comment on index notifications.message_first is
    'The queue, the urgent first: the only index that a claim reads, but for one in eight, which goes by message_due.';
comment on index notifications.message_due is
    'The queue in the order of its moments: what is due next, the backlog, and the claims that keep the less urgent from waiting for ever.';

-- Without the lease in it, so that a claim, which changes nothing but the lease, writes no index at all.
drop index notifications.message_started;
create index message_started on notifications.message (id) where state = 'started';
comment on index notifications.message_started is 'Started attempts, as many as are in flight: of these some lease may lapse.';

-- A page with room keeps a changed row with the one before it, and then no index has to be told.
create function notifications.leave_room(partition regclass) returns void
    language plpgsql security invoker set search_path = pg_catalog, pg_temp
as $$
begin
    execute format('alter table %s set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05)', partition);
end
$$;
comment on function notifications.leave_room(regclass) is
    'Leaves half of each page of a partition of message or attempt free for the changes that follow soon after.';
revoke all on function notifications.leave_room(regclass) from public;

select notifications.leave_room(inhrelid::regclass)
from pg_inherits where inhparent in ('notifications.message'::regclass, 'notifications.attempt'::regclass);

create or replace function notifications.ensure_partitions(from_moment timestamptz, to_moment timestamptz) returns integer
    language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '2s'
as $$
declare
    parent text;
    child  text;
    made   integer := 0;
    first  timestamp := date_trunc('month', from_moment at time zone 'UTC');
    last   timestamp := date_trunc('month', to_moment at time zone 'UTC');
    month  timestamp;
begin
    if last > first + interval '60 months' then
        raise exception 'more than 60 months of partitions asked for';
    end if;
    perform pg_advisory_xact_lock(hashtext('notifications.ensure_partitions'));
    foreach parent in array array['message', 'attempt'] loop
        month := first;
        while month <= last loop
            child := parent || to_char(month, '"_y"YYYY"m"MM');
            if to_regclass('notifications.' || child) is null then
                begin
                    execute format('create table notifications.%I partition of notifications.%I for values from (%L) to (%L)',
                                   child, parent, month at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
                    execute format('alter table notifications.%I enable row level security', child);
                    execute format('alter table notifications.%I force row level security', child);
                    perform notifications.leave_room(format('notifications.%I', child)::regclass);
                    execute format('comment on table notifications.%I is %L', child,
                                   'Rows of notifications.' || parent || ' of ' || to_char(month, 'YYYY-MM') || ' (UTC).');
                    made := made + 1;
                exception when check_violation then
                    -- the default partition already holds rows of that month: they stay there, readable as ever
                    raise notice 'notifications.% keeps % in its default partition', parent, to_char(month, 'YYYY-MM');
                end;
            end if;
            month := month + interval '1 month';
        end loop;
    end loop;
    return made;
end
$$;
