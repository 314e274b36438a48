-- How staff of a force sign in on the pages: OpenID Connect, authorization code with PKCE, at the provider that signs their tokens.
alter table waymark.identity_provider
  add column web_client text check (length(web_client) between 1 and 200),
  add column web_secret_ref text check (web_secret_ref ~ '^[a-z0-9-]{1,40}$'),
  add column web_scope text not null default 'openid profile' check (web_scope ~ '^openid( [!-~]+)*$');
comment on column waymark.identity_provider.web_client is 'client id of the pages there; null: staff of this force do not sign in on the pages';
comment on column waymark.identity_provider.web_secret_ref is
  'names the setting with the client''s secret, WAYMARK_SIGN_IN_<REF>_SECRET; null for a public client, which PKCE alone guards';
comment on column waymark.identity_provider.web_scope is 'what the pages ask for: what makes the access token one for this API';

create function waymark.gate_web_sign_ins()
  returns table (force_code text, name_en text, name_cy text, issuer text, web_client text, web_secret_ref text, web_scope text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select f.code, f.name_en, f.name_cy, p.issuer, p.web_client, p.web_secret_ref, p.web_scope
    from waymark.identity_provider p join waymark.force f on f.id = p.force_id
   where p.web_client is not null order by f.name_en, p.issuer
$$;
alter function waymark.gate_web_sign_ins() owner to waymark_gate;
revoke all on function waymark.gate_web_sign_ins() from public;
grant execute on function waymark.gate_web_sign_ins() to waymark_app;
comment on function waymark.gate_web_sign_ins() is 'where staff sign in on the pages; asked before anyone is known, and nothing in it is a secret';
