-- The sandbox's own notes, so that a demo with --data goes on where it stopped. Never part of production.
create schema if not exists sandbox;
grant usage on schema sandbox to waymark_app;

create table sandbox.clock (
  one boolean primary key default true check (one),
  ahead_millis bigint not null
);
comment on table sandbox.clock is 'How far case time has been moved ahead of machine time.';

create table sandbox.phone_message (
  id bigint generated always as identity primary key,
  sid text not null unique,
  account_sid text not null,
  to_number text not null,
  from_number text,
  body text not null,
  sent_at timestamptz not null
);
comment on table sandbox.phone_message is 'What the phones of the sandbox received: fictional people, fictional numbers.';

create table sandbox.note (
  name text primary key,
  value text not null
);
comment on table sandbox.note is 'What the sandbox remembers of its own set-up, such as a PIN it chose.';
