-- The audit log as a chain that the application's login cannot alter. A row is written with what it tells about and waits
-- in audit_unsealed; a worker seals what has been committed into the chain of its force, in batches (ADR 0021 says why not
-- at once). A row whose transaction ends late is sealed late, but is never passed over.
alter table waymark.audit_log
  add column roles text,
  add column unit text,
  add column reason text,
  add column reason_item uuid,
  add column reason_id uuid;
comment on column waymark.audit_log.roles is 'of the member of staff, with spaces between';
comment on column waymark.audit_log.unit is 'of the member of staff, as their identity provider says';
comment on column waymark.audit_log.reason is 'code; none_given where a read came without one; null where none is asked for';
comment on column waymark.audit_log.reason_item is 'the work item that the read came from';
comment on column waymark.audit_log.reason_id is 'the words that were typed, in access_reason';

-- time and number are the database's to say
revoke insert on waymark.audit_log from waymark_app;
grant insert (force_id, caller, action, case_id, person_id, roles, unit, reason, reason_item, reason_id)
  on waymark.audit_log to waymark_app;

create index audit_log_by_caller on waymark.audit_log (force_id, caller, at) where person_id is not null;
comment on index waymark.audit_log_by_caller is 'how many people one member of staff has read about lately';

create table waymark.audit_unsealed (
  audit_id bigint primary key
);
comment on table waymark.audit_unsealed is 'Rows of the audit log that are not in a chain yet.';

create table waymark.audit_link (
  chain uuid not null,
  number bigint not null check (number > 0),
  audit_id bigint not null unique references waymark.audit_log,
  hash bytea not null,
  primary key (chain, number)
);
comment on table waymark.audit_link is
  'Each row of the audit log in the chain of its force: SHA-256 over the hash before, the place in the chain and all columns.';
comment on column waymark.audit_link.chain is 'the force; zeros for what belongs to none';

create table waymark.audit_seal (
  chain uuid not null,
  number bigint not null,
  mac bytea not null,
  mac_version int not null,
  at timestamptz not null default clock_timestamp(),
  primary key (chain, number),
  foreign key (chain, number) references waymark.audit_link
);
comment on table waymark.audit_seal is
  'Up to here a chain was signed with a key that is not in the database: its owner cannot make another chain that fits.';
comment on column waymark.audit_seal.mac is 'keyed hash of chain, number and hash of the link; mac_version says by which key';

do $$
declare t text;
begin
  foreach t in array array['audit_unsealed', 'audit_link', 'audit_seal'] loop
    execute format('alter table waymark.%I enable row level security', t);
    execute format('alter table waymark.%I force row level security', t);
    execute format('create policy gate on waymark.%I to waymark_gate using (true) with check (true)', t);
    execute format('create policy verified on waymark.%I for select to waymark_owner using (true)', t);
  end loop;
  foreach t in array array['audit_link', 'audit_seal'] loop
    execute format('create trigger no_change before update or delete on waymark.%I for each row execute function waymark.refuse_change()', t);
    execute format('create trigger no_truncate before truncate on waymark.%I for each statement execute function waymark.refuse_change()', t);
    execute format('alter table waymark.%I enable always trigger no_change', t);
    execute format('alter table waymark.%I enable always trigger no_truncate', t);
  end loop;
end $$;
grant select, insert, delete on waymark.audit_unsealed to waymark_gate;
grant select, insert on waymark.audit_link, waymark.audit_seal to waymark_gate;
create policy gate_reads on waymark.audit_log for select to waymark_gate using (true);
create policy verified on waymark.audit_log for select to waymark_owner using (true);
grant select on waymark.audit_log to waymark_gate;

create function waymark.audit_waits() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into waymark.audit_unsealed (audit_id) values (new.id);
  return null;
end $$;
comment on function waymark.audit_waits() is 'what is written waits to be sealed';

-- Each value with its length before it, so that no two rows read the same. AuditText in the code says the same again.
create function waymark.audit_text(a waymark.audit_log) returns text
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select string_agg(coalesce(octet_length(v) || ':' || v, '-'), ',' order by n)
    from unnest(array[a.id::text, ((extract(epoch from a.at) * 1000000)::bigint)::text, a.force_id::text, a.caller, a.action,
                      a.case_id::text, a.person_id::text, a.roles, a.unit, a.reason, a.reason_item::text, a.reason_id::text])
           with ordinality as t (v, n)
$$;
comment on function waymark.audit_text(waymark.audit_log) is 'what the chain''s hash is made over';

create function waymark.gate_seal_audit(p_limit int) returns table (chain uuid, number bigint, hash bytea)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  r record;
  v_chain uuid;
  v_number bigint;
  v_hash bytea;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('waymark.audit_link', 0)) then
    return;
  end if;
  for r in
    select l.id, coalesce(l.force_id, '00000000-0000-0000-0000-000000000000') as chain, waymark.audit_text(l) as words
      from waymark.audit_log l
     where l.id = any (array(select u.audit_id from waymark.audit_unsealed u order by u.audit_id limit p_limit))
     order by 2, 1
  loop
    if r.chain is distinct from v_chain then
      if v_chain is not null then
        chain := v_chain; number := v_number; hash := v_hash;
        return next;
      end if;
      v_chain := r.chain;
      select k.number, k.hash into v_number, v_hash
        from waymark.audit_link k where k.chain = v_chain order by k.number desc limit 1;
      v_number := coalesce(v_number, 0);
      v_hash := coalesce(v_hash, '');
    end if;
    v_number := v_number + 1;
    v_hash := sha256(v_hash || convert_to(v_chain || ',' || v_number || ',' || r.words, 'UTF8'));
    insert into waymark.audit_link values (v_chain, v_number, r.id, v_hash);
    delete from waymark.audit_unsealed u where u.audit_id = r.id;
  end loop;
  if v_chain is not null then
    chain := v_chain; number := v_number; hash := v_hash;
    return next;
  end if;
end $$;
comment on function waymark.gate_seal_audit(int) is
  'puts what waits into the chains, by one instance at a time; answers where each chain that grew now ends';

create function waymark.gate_sign_audit(p_chain uuid, p_number bigint, p_mac bytea, p_version int) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into waymark.audit_seal (chain, number, mac, mac_version) values (p_chain, p_number, p_mac, p_version)
$$;
comment on function waymark.gate_sign_audit(uuid, bigint, bytea, int) is 'notes the signature of where a chain ends; only once';

create function waymark.gate_audit_waiting() returns table (waiting bigint, oldest_seconds double precision)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (select count(*) from (select 1 from waymark.audit_unsealed limit 100000) w),
         coalesce((select extract(epoch from clock_timestamp() - l.at)
                     from waymark.audit_log l where l.id = (select min(u.audit_id) from waymark.audit_unsealed u)), 0)
$$;
comment on function waymark.gate_audit_waiting() is 'how many rows wait to be sealed, and for how long the oldest has';

do $$
declare f regprocedure;
begin
  for f in
    select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'waymark' and p.proname in ('audit_waits', 'gate_seal_audit', 'gate_sign_audit', 'gate_audit_waiting')
  loop
    execute format('alter function %s owner to waymark_gate', f);
    execute format('revoke all on function %s from public', f);
    if f <> 'waymark.audit_waits()'::regprocedure then
      execute format('grant execute on function %s to waymark_app', f);
    end if;
  end loop;
end $$;

create trigger waits_for_its_link after insert on waymark.audit_log for each row execute function waymark.audit_waits();
alter table waymark.audit_log enable always trigger waits_for_its_link;

-- what was written before there was a chain
set local role waymark_gate;
insert into waymark.audit_unsealed select id from waymark.audit_log;
reset role;
