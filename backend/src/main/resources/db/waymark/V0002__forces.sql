create table waymark.force (
  id uuid primary key,
  code text not null unique check (code ~ '^[a-z0-9-]{2,40}$'),
  name_en text not null,
  name_cy text not null,
  welsh boolean not null default false
);
comment on table waymark.force is 'A police force: the tenant. Public reference data, no personal data.';
comment on column waymark.force.welsh is 'one of the forces under the Welsh Language Standards: unknown language is asked for';

create table waymark.identity_provider (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  issuer text not null unique,
  audience text not null,
  jwks_uri text not null
);
comment on table waymark.identity_provider is
  'Who signs the tokens of a force''s staff and systems. The force follows from the issuer that signed, never from a claim.';

create table waymark.provider_account (
  id uuid primary key,
  force_id uuid references waymark.force,
  kind text not null check (kind in ('twilio')),
  account_sid text not null unique,
  messaging_service_sid text,
  sender text,
  credential_ref text not null
);
comment on table waymark.provider_account is
  'An account at a message provider; without a force it sends one-time codes. The credential itself lies outside the database.';

alter table waymark.force enable row level security;
alter table waymark.force force row level security;
create policy anyone_reads on waymark.force for select to waymark_app, waymark_gate using (true);
create policy set_up on waymark.force to waymark_owner using (true);
alter table waymark.identity_provider enable row level security;
alter table waymark.identity_provider force row level security;
create policy gate_reads on waymark.identity_provider for select to waymark_gate using (true);
create policy set_up on waymark.identity_provider to waymark_owner using (true);
alter table waymark.provider_account enable row level security;
alter table waymark.provider_account force row level security;
create policy gate_reads on waymark.provider_account for select to waymark_gate using (true);
create policy set_up on waymark.provider_account to waymark_owner using (true);
grant select on waymark.force to waymark_app, waymark_gate;
grant select on waymark.identity_provider, waymark.provider_account to waymark_gate;

create function waymark.gate_identity_provider(p_issuer text)
  returns table (force_id uuid, audience text, jwks_uri text)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select force_id, audience, jwks_uri from waymark.identity_provider where issuer = p_issuer $$;
alter function waymark.gate_identity_provider(text) owner to waymark_gate;
comment on function waymark.gate_identity_provider(text) is 'which force an issuer signs for; asked before anyone is known';

create function waymark.gate_provider_accounts()
  returns table (force_id uuid, kind text, account_sid text, messaging_service_sid text, sender text, credential_ref text)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select force_id, kind, account_sid, messaging_service_sid, sender, credential_ref from waymark.provider_account $$;
alter function waymark.gate_provider_accounts() owner to waymark_gate;
comment on function waymark.gate_provider_accounts() is 'for sending, and to match a webhook to its account';
