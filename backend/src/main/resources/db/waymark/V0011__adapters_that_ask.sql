-- Adapters: systems of others that a force lets us ask. When is case time, so that the sandbox can move it; leases are the
-- database's own clock, waiting after a failure is the caller's machine clock.
create table waymark.adapter (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  kind text not null check (kind ~ '^[a-z0-9-]{2,40}$'),
  base_url text not null check (base_url ~ '^(https://[^/?#@[:space:]]|http://localhost[:/])'),
  token_url text check (token_url ~ '^(https://[^/?#@[:space:]]|http://localhost[:/])'),
  client_id text,
  credential_ref text,
  mapping jsonb not null default '{}' check (jsonb_typeof(mapping) = 'object'),
  enabled boolean not null default false,
  poll_every interval not null default '1 hour' check (poll_every >= '1 minute'),
  poll_idle_every interval not null default '1 day' check (poll_idle_every >= '1 minute'),
  silent_after interval check (silent_after >= '1 minute'),
  planned_at timestamptz,
  paused_until timestamptz,
  heard_at timestamptz,
  unique (force_id, kind)
);
comment on table waymark.adapter is
  'What a force lets us ask or hand over to: a row a force and kind. The secret lies outside the database, by reference.';
comment on column waymark.adapter.kind is 'which code speaks with it, such as hmcts-marketplace';
comment on column waymark.adapter.mapping is 'what differs from force to force, as data; each kind says what it knows';
comment on column waymark.adapter.poll_every is 'how often each URN is asked for';
comment on column waymark.adapter.poll_idle_every is 'how often, once the case is no longer active there';
comment on column waymark.adapter.silent_after is 'no good answer for so long alarms; null: no limit';
comment on column waymark.adapter.planned_at is 'machine time: when all URNs of the force were last seen to have a row in pull';
comment on column waymark.adapter.paused_until is 'machine time: it asked us to wait, or gives no token';
comment on column waymark.adapter.heard_at is 'case time of the last good answer, to the minute';

create table waymark.pull (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  adapter_id uuid not null references waymark.adapter,
  urn_key text not null,
  urn text not null,
  next_due_at timestamptz,
  retry_at timestamptz,
  lease uuid,
  lease_until timestamptz,
  checkpoint bytea,
  last_success_at timestamptz,
  failures int not null default 0,
  unique (adapter_id, urn_key)
);
comment on table waymark.pull is 'What is asked of an adapter, and when: one row a URN, however many cases it stands for.';
comment on column waymark.pull.urn is 'as the force first wrote it: what is asked with';
comment on column waymark.pull.next_due_at is 'case time; null where no case has the URN any longer';
comment on column waymark.pull.retry_at is 'machine time: not before, after a failure';
comment on column waymark.pull.lease is 'who asks now; whoever comes back with another lease says nothing';
comment on column waymark.pull.lease_until is 'clock_timestamp() at which another instance may take it up';
comment on column waymark.pull.checkpoint is 'sealed: what the adapter remembers, such as ETags and what stood under them';
comment on column waymark.pull.last_success_at is 'case time of the last good answer';
create index pull_due on waymark.pull (adapter_id, next_due_at);
comment on index waymark.pull_due is 'of each adapter what is due first is asked first';

create table waymark.pull_case (
  id uuid primary key,
  pull_id uuid not null references waymark.pull on delete cascade,
  case_id uuid not null references waymark.case_file,
  force_id uuid not null references waymark.force,
  content_hash bytea not null,
  said bytea not null,
  unique (pull_id, case_id)
);
comment on table waymark.pull_case is 'What was said to a case after asking: equal content says nothing again.';
comment on column waymark.pull_case.content_hash is 'keyed hash of what was kept of the answer';
comment on column waymark.pull_case.said is 'sealed JSON, by hearing: what the case was last told';

create table waymark.court_house (
  adapter_id uuid not null references waymark.adapter,
  house_id text not null,
  room_id text not null,
  force_id uuid not null references waymark.force,
  name text,
  ou_code text,
  address text,
  room text,
  fetched_at timestamptz not null,
  primary key (adapter_id, house_id, room_id)
);
comment on table waymark.court_house is 'Court houses and rooms by the adapter''s ids: public reference data, asked for seldom.';
comment on column waymark.court_house.room_id is 'empty for the house itself';
comment on column waymark.court_house.fetched_at is 'machine time';

do $$
declare t text;
begin
  foreach t in array array['adapter', 'pull', 'pull_case', 'court_house'] loop
    execute format('alter table waymark.%I enable row level security', t);
    execute format('alter table waymark.%I force row level security', t);
    execute format('create policy own_force on waymark.%I to waymark_app
                      using (force_id = (select waymark.ctx_force()))
                      with check (force_id = (select waymark.ctx_force()))', t);
  end loop;
end $$;
create policy set_up on waymark.adapter to waymark_owner using (true);
create policy gate_reads on waymark.adapter for select to waymark_gate using (true);
create policy gate_claims on waymark.pull to waymark_gate using (true);
grant select, update (planned_at, paused_until, heard_at) on waymark.adapter to waymark_app;
grant select, insert, update, delete on waymark.pull, waymark.pull_case, waymark.court_house to waymark_app;
grant select on waymark.adapter to waymark_gate;
grant select, update on waymark.pull to waymark_gate;

create function waymark.gate_adapters()
  returns table (id uuid, force_id uuid, kind text, planned_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.id, a.force_id, a.kind, a.planned_at from waymark.adapter a where a.enabled
$$;
comment on function waymark.gate_adapters() is 'the adapters that are on, of all forces, for workers';

create function waymark.gate_claim_pulls(p_case_now timestamptz, p_now timestamptz, p_lease uuid, p_seconds int, p_most int)
  returns table (id uuid, force_id uuid)
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update waymark.pull p set lease = p_lease, lease_until = clock_timestamp() + make_interval(secs => p_seconds)
   where p.id in (
     select ranked.id
       from (select d.id, d.next_due_at, row_number() over (partition by a.id order by d.next_due_at) as turn
               from waymark.adapter a
              cross join lateral (
                select q.id, q.next_due_at from waymark.pull q
                 where q.adapter_id = a.id and q.next_due_at <= p_case_now and (q.retry_at is null or q.retry_at <= p_now)
                   and (q.lease_until is null or q.lease_until < clock_timestamp())
                 order by q.next_due_at limit p_most for update skip locked) d
              where a.enabled and (a.paused_until is null or a.paused_until <= p_now)) ranked
      order by ranked.turn, ranked.next_due_at limit p_most)
  returning p.id, p.force_id
$$;
comment on function waymark.gate_claim_pulls is
  'takes what is due, of all forces in turn, for one worker: what another is taking is passed over, what nobody brought back comes '
  'again; who is behind with one force makes no other wait';

create function waymark.gate_next_pull(p_case_now timestamptz) returns timestamptz
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select min(p.next_due_at) from waymark.pull p join waymark.adapter a on a.id = p.adapter_id
   where a.enabled and p.next_due_at > p_case_now
$$;
comment on function waymark.gate_next_pull(timestamptz) is 'the next case time at which anything is to be asked';

create function waymark.gate_pull_backlog(p_case_now timestamptz)
  returns table (overdue bigint, oldest timestamptz, silent bigint)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*), min(p.next_due_at),
         (select count(*) from waymark.adapter a
           where a.enabled and a.silent_after is not null and a.heard_at < p_case_now - a.silent_after)
    from waymark.pull p join waymark.adapter a on a.id = p.adapter_id
   where a.enabled and p.next_due_at <= p_case_now
$$;
comment on function waymark.gate_pull_backlog(timestamptz) is 'for figures: what is due and not asked yet, and adapters that give no good answer';

do $$
declare f regprocedure;
begin
  for f in
    select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'waymark'
       and p.proname in ('gate_adapters', 'gate_claim_pulls', 'gate_next_pull', 'gate_pull_backlog')
  loop
    execute format('alter function %s owner to waymark_gate', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to waymark_app', f);
  end loop;
end $$;
