-- The sandbox's own notes, so that a demo with --data goes on where it stopped. Never part of production. What phones
-- received is sealed like everything else: a dump of the sandbox holds no number, name or text either.
create schema if not exists sandbox;
grant usage on schema sandbox to waymark_app;

create table sandbox.clock (
  one boolean primary key default true check (one),
  ahead_millis bigint not null
);
comment on table sandbox.clock is 'How far case time has been moved ahead of machine time.';

create table sandbox.phone_message (
  id uuid primary key,
  sid text not null unique,
  account_sid text not null,
  number_key bytea not null,
  content bytea not null
);
comment on table sandbox.phone_message is 'What the phones of the sandbox received.';
comment on column sandbox.phone_message.content is 'sealed JSON: to, from, body, sent_at';
comment on column sandbox.phone_message.number_key is 'keyed hash of the phone''s number';
create index phone_message_by_number on sandbox.phone_message (number_key, id desc);

create table sandbox.note (
  name_key bytea primary key,
  id uuid not null,
  value bytea not null
);
comment on table sandbox.note is 'What the sandbox remembers of its own set-up: signing keys, a PIN that it chose. Sealed.';
comment on column sandbox.note.name_key is 'keyed hash of the name, which may hold a number';

do $$
declare t text;
begin
  foreach t in array array['clock', 'phone_message', 'note'] loop
    execute format('alter table sandbox.%I enable row level security', t);
    execute format('alter table sandbox.%I force row level security', t);
    execute format('create policy sandbox_only on sandbox.%I to waymark_app using (true) with check (true)', t);
    execute format('grant select, insert, update on sandbox.%I to waymark_app', t);
  end loop;
end $$;
