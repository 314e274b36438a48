-- A force may ask that its provider's tokens be of a type, and that whoever has one signed in strongly enough.
alter table waymark.identity_provider
  add column token_types text[] not null default '{}',
  add column acr_values text[] not null default '{}';
comment on column waymark.identity_provider.token_types is 'what the header''s typ may be, such as at+jwt, in small letters; empty: anything';
comment on column waymark.identity_provider.acr_values is 'one of these has to be the claim acr of staff; empty: it is not looked at';
drop function waymark.gate_identity_provider(text);
create function waymark.gate_identity_provider(p_issuer text)
  returns table (force_id uuid, audience text, jwks_uri text, token_types text[], acr_values text[])
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$ select force_id, audience, jwks_uri, token_types, acr_values from waymark.identity_provider where issuer = p_issuer $$;
alter function waymark.gate_identity_provider(text) owner to waymark_gate;
comment on function waymark.gate_identity_provider(text) is 'which force an issuer signs for, and what its tokens have to say; asked before anyone is known';
