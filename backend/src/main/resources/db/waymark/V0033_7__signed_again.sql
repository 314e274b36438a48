-- A look-up key that signed a chain could never be withdrawn. Whoever has both keys checks the old signature and adds another.
create table waymark.audit_seal_again (
  chain uuid not null,
  number bigint not null,
  mac bytea not null,
  mac_version int not null,
  at timestamptz not null default clock_timestamp(),
  primary key (chain, number, mac_version),
  foreign key (chain, number) references waymark.audit_seal
);
comment on table waymark.audit_seal_again is
  'Signatures of audit_seal made once more by a newer key, after the one before was checked (keys reseal). Only added to.';
comment on column waymark.audit_seal_again.mac is 'as in audit_seal; mac_version says by which key';
alter table waymark.audit_seal_again enable row level security;
alter table waymark.audit_seal_again force row level security;
create policy gate on waymark.audit_seal_again to waymark_gate using (true) with check (true);
create policy verified on waymark.audit_seal_again for select to waymark_owner using (true);
grant select, insert on waymark.audit_seal_again to waymark_gate;
create trigger no_change before update or delete on waymark.audit_seal_again for each row execute function waymark.refuse_change();
create trigger no_truncate before truncate on waymark.audit_seal_again for each statement execute function waymark.refuse_change();
alter table waymark.audit_seal_again enable always trigger no_change;
alter table waymark.audit_seal_again enable always trigger no_truncate;
