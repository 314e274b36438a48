-- Who is signed in on the pages. A browser holds a random name and nothing else; what the API gave for it stays here.
create table waymark.page_session (
  id uuid primary key,
  key_hash bytea not null unique check (octet_length(key_hash) = 32),
  kind text not null check (kind in ('person', 'staff')),
  content bytea not null,
  began_at timestamptz not null,
  seen_at timestamptz not null,
  ends_at timestamptz not null,
  busy_until timestamptz
);
comment on table waymark.page_session is
  'A browser that is signed in on the pages. Whether it may go on is the API session''s to say; when that ends, this is worth nothing.';
comment on column waymark.page_session.key_hash is 'SHA-256 of the cookie: 256 random bits, so it needs no key';
comment on column waymark.page_session.content is 'sealed: the tokens with which the pages call the API for this browser';
comment on column waymark.page_session.seen_at is 'machine time, to a minute';
comment on column waymark.page_session.ends_at is 'machine time: at the latest; kept no longer';
comment on column waymark.page_session.busy_until is
  'machine time: one request is exchanging the tokens until then, and others wait; a refresh token that is used twice ends the session';
create index page_session_end on waymark.page_session (ends_at);
comment on index waymark.page_session_end is 'cleaning up';

alter table waymark.page_session enable row level security;
alter table waymark.page_session force row level security;
create policy gate on waymark.page_session to waymark_gate using (true) with check (true);
grant select, insert, update, delete on waymark.page_session to waymark_gate;

create function waymark.gate_open_page_session(p_id uuid, p_hash bytea, p_kind text, p_content bytea, p_now timestamptz,
    p_ends timestamptz) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  insert into waymark.page_session (id, key_hash, kind, content, began_at, seen_at, ends_at)
  values (p_id, p_hash, p_kind, p_content, p_now, p_now, p_ends)
$$;
comment on function waymark.gate_open_page_session is 'a browser has signed in';

create function waymark.gate_page_session(p_hash bytea, p_now timestamptz, p_idle interval)
  returns table (id uuid, kind text, content bytea)
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  s waymark.page_session;
begin
  select * into s from waymark.page_session p where p.key_hash = p_hash;
  if not found or s.ends_at <= p_now or s.kind = 'staff' and s.seen_at + p_idle <= p_now then
    return;
  end if;
  if s.seen_at + interval '1 minute' <= p_now then
    update waymark.page_session p set seen_at = p_now where p.id = s.id;
  end if;
  return query select s.id, s.kind, s.content;
end $$;
comment on function waymark.gate_page_session is
  'what the pages know of a browser, by the hash of its cookie; nothing where it has ended. p_idle: how long staff may be away';

create function waymark.gate_claim_page_session(p_id uuid, p_now timestamptz, p_until timestamptz) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  update waymark.page_session set busy_until = p_until
   where id = p_id and (busy_until is null or busy_until <= p_now);
  return found;
end $$;
comment on function waymark.gate_claim_page_session is 'whether this request is the one that exchanges the tokens';

create function waymark.gate_renew_page_session(p_id uuid, p_content bytea, p_ends timestamptz) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update waymark.page_session set content = p_content, busy_until = null,
         ends_at = case kind when 'staff' then ends_at else p_ends end
   where id = p_id
$$;
comment on function waymark.gate_renew_page_session is 'the tokens were exchanged, or what is kept beside them changed; a day''s work of staff does not become longer by it';

create function waymark.gate_end_page_session(p_hash bytea) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  delete from waymark.page_session where key_hash = p_hash
$$;
comment on function waymark.gate_end_page_session is 'signed out, left, or refused by the API';

create function waymark.gate_clean_up_pages(p_now timestamptz) returns void
  language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  delete from waymark.page_session where ends_at <= p_now
$$;
comment on function waymark.gate_clean_up_pages is 'removes what has run out; safe to run anywhere, any time';

do $$
declare f regprocedure;
begin
  for f in
    select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'waymark'
       and p.proname in ('gate_open_page_session', 'gate_page_session', 'gate_claim_page_session', 'gate_renew_page_session',
                         'gate_end_page_session', 'gate_clean_up_pages')
  loop
    execute format('alter function %s owner to waymark_gate', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to waymark_app', f);
  end loop;
end $$;
