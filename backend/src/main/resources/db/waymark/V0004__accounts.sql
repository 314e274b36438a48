-- Accounts, devices, codes and invitations. All of it is machine time: nothing here moves with the sandbox's clock.
-- Before anyone is known only the gate's functions (V0004_1) reach these tables.
create table waymark.account (
  id uuid primary key,
  number bytea not null,
  number_key bytea not null,
  number_key_version int not null,
  pin_hash bytea,
  created_at timestamptz not null,
  retired_at timestamptz
);
comment on table waymark.account is 'A login: one verified number, no force. What it may see follows from its links.';
comment on column waymark.account.number is 'sealed E.164';
comment on column waymark.account.number_key is 'keyed hash, of the same purpose as person.mobile_key; number_key_version says by which key';
comment on column waymark.account.pin_hash is 'sealed PBKDF2 text; null where no PIN is asked for';
comment on column waymark.account.retired_at is 'the number passed to somebody else: never signs in again';
create unique index account_by_number on waymark.account (number_key) where retired_at is null;
comment on index waymark.account_by_number is 'one live account a number';

create table waymark.account_person (
  account_id uuid not null references waymark.account,
  person_id uuid not null references waymark.person,
  force_id uuid not null references waymark.force,
  number_held boolean not null,
  linked_at timestamptz not null,
  ended_at timestamptz,
  ended_reason text,
  primary key (account_id, person_id, linked_at)
);
comment on table waymark.account_person is 'Whose cases an account sees. Made only by taking up that person''s invitation.';
comment on column waymark.account_person.number_held is 'the force''s record held the account''s number when the link was made';
create unique index account_person_live on waymark.account_person (person_id) where ended_at is null;
comment on index waymark.account_person_live is 'one live link a person';
create index account_person_of on waymark.account_person (account_id) where ended_at is null;
comment on index waymark.account_person_of is 'asked at every request of a person';

create table waymark.device_session (
  id uuid primary key,
  account_id uuid not null references waymark.account,
  name bytea not null,
  platform text not null check (platform in ('android', 'ios', 'web', 'other')),
  signed_in_at timestamptz not null,
  auth_time timestamptz not null,
  last_seen_at timestamptz not null,
  ended_at timestamptz,
  end_reason text
);
comment on table waymark.device_session is 'A device that is or was signed in.';
comment on column waymark.device_session.name is 'sealed: what the person recognises it by';
comment on column waymark.device_session.auth_time is 'when the person last proved who they are';
comment on column waymark.device_session.last_seen_at is 'to five minutes';
create index device_session_live on waymark.device_session (account_id) where ended_at is null;
comment on index waymark.device_session_live is 'the list of devices, and ending them all';

create table waymark.refresh_token (
  id uuid primary key,
  session_id uuid not null references waymark.device_session,
  token_key bytea not null unique,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
comment on table waymark.refresh_token is 'Keyed hashes of refresh tokens. A used one is kept: seen again, it ends the session.';
create index refresh_token_expiry on waymark.refresh_token (expires_at);
comment on index waymark.refresh_token_expiry is 'cleaning up';

create table waymark.invitation (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  person_id uuid not null references waymark.person,
  code bytea,
  code_key bytea not null unique,
  hand_over text not null check (hand_over in ('sms', 'in_person', 'letter')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  taken_up_at timestamptz,
  withdrawn_at timestamptz
);
comment on table waymark.invitation is 'A force asks one person to sign up. Good once.';
comment on column waymark.invitation.code is 'sealed; wiped when it can no longer be taken up';
create unique index invitation_open on waymark.invitation (person_id) where taken_up_at is null and withdrawn_at is null;
comment on index waymark.invitation_open is 'one invitation at a time a person; an older one is withdrawn';

create table waymark.sign_in_code (
  id uuid primary key,
  number bytea,
  number_key bytea not null,
  number_keys bytea[] not null,
  code_mac bytea,
  invitation_id uuid references waymark.invitation,
  session_id uuid references waymark.device_session,
  pin bytea,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  failures int not null default 0,
  decided_at timestamptz,
  released boolean not null default false,
  used_at timestamptz,
  opened_session uuid references waymark.device_session
);
comment on table waymark.sign_in_code is
  'A code asked for, by known and unknown numbers alike. Who gets it is decided at sending; one that was not sent opens nothing.';
comment on column waymark.sign_in_code.number is 'sealed E.164; null in a row that only makes a failed try cost the same';
comment on column waymark.sign_in_code.number_keys is 'keyed hashes of the number by every key in use';
comment on column waymark.sign_in_code.code_mac is 'keyed hash of number and code';
comment on column waymark.sign_in_code.session_id is 'the signed-in session that asked, where an invitation adds to its account';
comment on column waymark.sign_in_code.pin is 'sealed, as typed; wiped as soon as it was checked';
comment on column waymark.sign_in_code.failures is 'wrong tries; five end the code';
comment on column waymark.sign_in_code.opened_session is 'the one session that this code opened';
create index sign_in_code_newest on waymark.sign_in_code (number_key, id desc);
comment on index waymark.sign_in_code_newest is 'only the newest code of a number counts';
create index sign_in_code_expiry on waymark.sign_in_code (expires_at);
comment on index waymark.sign_in_code_expiry is 'cleaning up';

create table waymark.rate_limit_bucket (
  id text primary key,
  state bytea,
  expires_at bigint
);
comment on table waymark.rate_limit_bucket is 'Counters of attempts (Bucket4j). Ids are keyed hashes and say nothing of whom they count.';
comment on column waymark.rate_limit_bucket.expires_at is 'machine time in milliseconds: full again, so the row can go';
create index rate_limit_bucket_expiry on waymark.rate_limit_bucket (expires_at);
comment on index waymark.rate_limit_bucket_expiry is 'cleaning up';

create table waymark.idempotency_key (
  caller text not null,
  operation text not null,
  key_hash bytea not null,
  request_mac bytea not null,
  created_id uuid not null,
  force_id uuid references waymark.force,
  account_id uuid references waymark.account,
  created_at timestamptz not null,
  primary key (caller, operation, key_hash),
  check (num_nonnulls(force_id, account_id) = 1)
);
comment on table waymark.idempotency_key is 'What a repeated request created the first time: its id, never the answer. Kept 24 hours.';
comment on column waymark.idempotency_key.request_mac is 'keyed hash of the request: the same key with another body is refused';
create index idempotency_key_age on waymark.idempotency_key (created_at);
comment on index waymark.idempotency_key_age is 'cleaning up';

do $$
declare t text;
begin
  foreach t in array array['account', 'account_person', 'device_session', 'refresh_token', 'invitation', 'sign_in_code',
                           'rate_limit_bucket', 'idempotency_key'] loop
    execute format('alter table waymark.%I enable row level security', t);
    execute format('alter table waymark.%I force row level security', t);
    if t <> 'rate_limit_bucket' then
      execute format('create policy gate on waymark.%I to waymark_gate using (true) with check (true)', t);
    end if;
  end loop;
end $$;
grant select, insert, update on waymark.account, waymark.account_person, waymark.device_session to waymark_gate;
grant select, insert, update, delete on waymark.refresh_token, waymark.sign_in_code to waymark_gate;
grant select, update on waymark.invitation to waymark_gate;
grant select, delete on waymark.idempotency_key to waymark_gate;

-- a signed-in person: their own account, devices and links, nothing of the number
create policy own_account on waymark.account to waymark_app
  using (id = (select waymark.ctx_account())) with check (id = (select waymark.ctx_account()));
grant select (id, pin_hash, created_at, retired_at), update (pin_hash) on waymark.account to waymark_app;
create policy own_devices on waymark.device_session to waymark_app
  using (account_id = (select waymark.ctx_account())) with check (account_id = (select waymark.ctx_account()));
grant select, update (ended_at, end_reason) on waymark.device_session to waymark_app;
create policy own_links on waymark.account_person for select to waymark_app
  using (account_id = (select waymark.ctx_account()));
-- a force: that a person of its own has signed up, and its invitations
create policy own_force on waymark.account_person for select to waymark_app
  using (force_id = (select waymark.ctx_force()));
grant select on waymark.account_person to waymark_app;
create policy own_force on waymark.invitation to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
grant select, insert, update on waymark.invitation to waymark_app;
-- counters belong to nobody who is known; they hold no personal data
create policy counting on waymark.rate_limit_bucket to waymark_app using (true) with check (true);
grant select, insert, update, delete on waymark.rate_limit_bucket to waymark_app;
create policy own_force on waymark.idempotency_key to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
create policy own_account on waymark.idempotency_key to waymark_app
  using (account_id = (select waymark.ctx_account())) with check (account_id = (select waymark.ctx_account()));
grant select, insert, update, delete on waymark.idempotency_key to waymark_app;

-- what the gate has to know and to leave for staff
create policy gate_reads on waymark.suspect_number for select to waymark_gate using (true);
grant select on waymark.suspect_number to waymark_gate;
create policy gate_opens on waymark.work_item for insert to waymark_gate
  with check (kind in ('number_passed_on', 'activation_other_number'));
grant insert on waymark.work_item to waymark_gate;
