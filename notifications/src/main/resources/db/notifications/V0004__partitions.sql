-- Runs as its owner, since the dispatcher may not create tables; it can make nothing but these partitions.
create function notifications.ensure_partitions(from_moment timestamptz, to_moment timestamptz) returns integer
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
comment on function notifications.ensure_partitions(timestamptz, timestamptz) is
    'Makes the monthly partitions of message and attempt from one moment to another; answers how many were made.';
revoke all on function notifications.ensure_partitions(timestamptz, timestamptz) from public;
grant execute on function notifications.ensure_partitions(timestamptz, timestamptz) to waymark_dispatcher;

select notifications.ensure_partitions(clock_timestamp() - interval '1 month', clock_timestamp() + interval '3 months');
