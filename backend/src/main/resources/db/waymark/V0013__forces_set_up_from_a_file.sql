-- What `force add` sets up: how a force can be reached, which systems of its own may report, and for how long each may be
-- silent.
create table waymark.unit (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  code text not null,
  name_en text not null,
  name_cy text not null,
  phone text,
  unique (force_id, code)
);
comment on table waymark.unit is 'Who looks after victims and witnesses in a force. Public reference data, no personal data.';
comment on column waymark.unit.code is 'as the force''s events name it in unit.code';
comment on column waymark.unit.phone is 'E.164, or a short number such as 101';

create table waymark.unit_hours (
  unit_id uuid not null references waymark.unit on delete cascade,
  force_id uuid not null references waymark.force,
  weekday int not null check (weekday between 1 and 7),
  opens time not null,
  closes time not null check (closes > opens),
  primary key (unit_id, weekday, opens)
);
comment on table waymark.unit_hours is 'When a unit answers, in UK local time; a weekday without a row is a day on which it is closed.';
comment on column waymark.unit_hours.weekday is '1 is Monday, 7 is Sunday';

create table waymark.force_phone (
  force_id uuid not null references waymark.force,
  number text not null,
  label_en text not null,
  label_cy text not null,
  position int not null,
  primary key (force_id, number)
);
comment on table waymark.force_phone is 'Numbers of the force itself that people may be given, in the order in which they are shown.';
comment on column waymark.force_phone.number is 'E.164, or a short number such as 101';

create table waymark.system_client (
  id uuid primary key,
  client_id text not null unique,
  force_id uuid references waymark.force,
  created_at timestamptz not null,
  revoked_at timestamptz
);
comment on table waymark.system_client is 'A system that asks us for its tokens (OAuth 2.0 client credentials).';
comment on column waymark.system_client.force_id is 'the force it reports for; none: a national system, which reports for all';
comment on column waymark.system_client.revoked_at is 'from when on neither its secrets nor its tokens counted; a command''s clock may run ahead, so that it is there is what counts';

create table waymark.system_secret (
  id uuid primary key,
  system_client_id uuid not null references waymark.system_client,
  secret_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz
);
comment on table waymark.system_secret is
  'Secrets of clients, as hashes only. Plain SHA-256: a secret is 256 random bits of our own making, so there is nothing to guess '
  'that a slow hash would protect, and a slow one would be paid for at each token.';
comment on column waymark.system_secret.expires_at is 'machine time at which it and its tokens end; none: until it is rotated';
create index system_secret_by_client on waymark.system_secret (system_client_id);
comment on index waymark.system_secret_by_client is 'a client has one or two that count';

create table waymark.feed (
  force_id uuid not null references waymark.force,
  source text not null,
  last_heard_at timestamptz,
  silent_after interval check (silent_after >= interval '5 minutes'),
  silent_since timestamptz,
  primary key (force_id, source)
);
comment on table waymark.feed is 'When each source of a force was last heard, and for how long it may be silent.';
comment on column waymark.feed.last_heard_at is 'case time, to the minute; none: never yet, which is no silence';
comment on column waymark.feed.silent_after is 'none: it may be silent for as long as it likes';
comment on column waymark.feed.silent_since is 'case time at which the silence was noticed; people are then told how old what they see is';

do $$
declare t text;
begin
  foreach t in array array['unit', 'unit_hours', 'force_phone', 'system_client', 'system_secret', 'feed'] loop
    execute format('alter table waymark.%I enable row level security', t);
    execute format('alter table waymark.%I force row level security', t);
    execute format('create policy set_up on waymark.%I to waymark_owner using (true) with check (true)', t);
  end loop;
  foreach t in array array['unit', 'unit_hours', 'force_phone'] loop
    execute format('create policy own_force on waymark.%I for select to waymark_app
                      using (force_id = (select waymark.ctx_force()) or (select waymark.ctx_kind()) = ''person'')', t);
    execute format('grant select on waymark.%I to waymark_app', t);
  end loop;
  foreach t in array array['system_client', 'system_secret'] loop
    execute format('create policy gate_reads on waymark.%I for select to waymark_gate using (true)', t);
    execute format('grant select on waymark.%I to waymark_gate', t);
  end loop;
end $$;
create policy own_force on waymark.feed to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
grant select, insert, update on waymark.feed to waymark_app;
create policy gate_reads on waymark.feed for select to waymark_gate using (true);
grant select on waymark.feed to waymark_gate;
-- which sources reported on a case, and no more of an event than that
create policy gate_sources on waymark.case_event for select to waymark_gate using (true);
grant select (id, case_id, source) on waymark.case_event to waymark_gate;
create policy gate_shown on waymark.timeline_entry for select to waymark_gate using (true);
grant select (id, case_id, witness_sees) on waymark.timeline_entry to waymark_gate;

create function waymark.gate_system_secret(p_client text, p_hash bytea, p_now timestamptz)
  returns table (client uuid, secret uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    select c.id, s.id
      from waymark.system_client c join waymark.system_secret s on s.system_client_id = c.id
     where c.client_id = p_client and s.secret_hash = p_hash
       and c.revoked_at is null and (s.expires_at is null or s.expires_at > p_now)
  $$;
comment on function waymark.gate_system_secret(text, bytea, timestamptz) is
  'which client this is, where its secret is right and counts; asked before anyone is known. Hashes never leave the database.';

create function waymark.gate_system_token(p_client uuid, p_secret uuid, p_now timestamptz)
  returns table (client_id text, force_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    select c.client_id, c.force_id
      from waymark.system_client c join waymark.system_secret s on s.system_client_id = c.id
     where c.id = p_client and s.id = p_secret
       and c.revoked_at is null and (s.expires_at is null or s.expires_at > p_now)
  $$;
comment on function waymark.gate_system_token(uuid, uuid, timestamptz) is
  'who a token of ours stands for, asked at each call: empty as soon as the client is revoked or the secret behind it has ended';

create function waymark.gate_feeds()
  returns table (force_id uuid, force_code text, source text, last_heard_at timestamptz, silent_after interval,
                 silent_since timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    select f.force_id, o.code, f.source, f.last_heard_at, f.silent_after, f.silent_since
      from waymark.feed f join waymark.force o on o.id = f.force_id
     where f.last_heard_at is not null order by o.code, f.source
  $$;
comment on function waymark.gate_feeds() is 'when each source of each force was last heard: for the alarm and for operators'' figures';

create function waymark.gate_silence(p_cases uuid[])
  returns table (case_id uuid, source text, as_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    select distinct on (c.id) c.id, f.source, f.last_heard_at
      from waymark.case_file c
      join waymark.feed f on f.force_id = c.force_id and f.silent_since is not null
     where c.id = any (p_cases)
       and exists (select 1 from waymark.participant p
                    where p.case_id = c.id and not p.removed and p.person_id = any (waymark.ctx_persons())
                      and exists (select 1 from waymark.case_event e
                                   where e.case_id = c.id and e.source = f.source
                                     and (p.role <> 'witness'
                                          or exists (select 1 from waymark.timeline_entry t
                                                      where t.id = e.id and t.witness_sees))))
     order by c.id, f.last_heard_at, f.source
  $$;
comment on function waymark.gate_silence(uuid[]) is
  'for a person''s own cases: how old what they see may be, where a source that reported it is silent, by the one that '
  'has been silent for longest. A witness does not learn '
  'by it that anything was reported that they do not see.';

do $$
declare f regprocedure;
begin
  for f in
    select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'waymark' and p.proname in ('gate_system_secret', 'gate_system_token', 'gate_feeds', 'gate_silence')
  loop
    execute format('alter function %s owner to waymark_gate', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to waymark_app', f);
  end loop;
end $$;
