-- What is signed is where a chain ends, at the moment at which it was made: an older link that somebody changed is not signed
-- again. And nothing is linked that is not signed in the same transaction.
create or replace function waymark.gate_sign_audit(p_chain uuid, p_number bigint, p_mac bytea, p_version int) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into waymark.audit_seal (chain, number, mac, mac_version)
  select k.chain, k.number, p_mac, p_version
    from waymark.audit_link k
   where k.chain = p_chain and k.number = p_number and k.xmin = pg_current_xact_id()::xid
     and not exists (select 1 from waymark.audit_link l where l.chain = k.chain and l.number > k.number);
  if not found then
    raise exception 'only where a chain has just come to its end is it signed' using errcode = '42501';
  end if;
end $$;
comment on function waymark.gate_sign_audit(uuid, bigint, bytea, int) is
  'notes the signature of where a chain ends; only once, and only in the transaction that brought it there';

create function waymark.audit_is_signed() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select 1 from waymark.audit_seal s where s.chain = new.chain and s.number >= new.number) then
    raise exception 'this chain is not signed where it ends' using errcode = '23514';
  end if;
  return null;
end $$;
comment on function waymark.audit_is_signed() is 'links are committed together with the signature of where they end';
alter function waymark.audit_is_signed() owner to waymark_gate;
revoke all on function waymark.audit_is_signed() from public;
create constraint trigger is_signed after insert on waymark.audit_link deferrable initially deferred
  for each row execute function waymark.audit_is_signed();
alter table waymark.audit_link enable always trigger is_signed;
