-- A force may send through more than one account, and from a sender of its own where nothing must show; forces may share an
-- account.
alter table waymark.provider_account
  drop constraint provider_account_kind_check,
  drop constraint provider_account_account_sid_key,
  add constraint provider_account_kind_check check (kind in ('twilio', 'firebase', 'notify')),
  add column weight int not null default 100 check (weight between 0 and 1000),
  add column two_way boolean not null default false,
  add column discreet_sender text,
  add column keywords text check (keywords in ('off', 'replaced')),
  add column templates jsonb not null default '{}';
comment on column waymark.provider_account.account_sid is
  'Twilio''s account SID, the id of the Firebase project, or the id of the service at GOV.UK Notify';
comment on column waymark.provider_account.sender is
  'Twilio: a number or a name. GOV.UK Notify: the id of one of the service''s senders, or none for its usual one.';
comment on column waymark.provider_account.weight is
  'share of the force''s messages among its accounts for the same channel; 0: only where no other is left';
comment on column waymark.provider_account.two_way is 'its sender takes replies: without one, nothing that asks for a reply is sent';
comment on column waymark.provider_account.discreet_sender is 'what discreet messages leave from; none: from the usual one';
comment on column waymark.provider_account.keywords is
  'Twilio: an operator confirms that its own handling of STOP, CANCEL, YES, HELP and so on is off, or replaced by ours';
comment on column waymark.provider_account.templates is
  'GOV.UK Notify: by channel (sms, email, letter), the id of the template that passes our words through';
create unique index provider_account_once on waymark.provider_account (force_id, kind, account_sid) nulls not distinct;
comment on index waymark.provider_account_once is 'an account is a force''s once';
-- a number takes replies; whether a messaging service does is for an operator to say
update waymark.provider_account set two_way = true where kind = 'twilio' and sender like '+%';

drop function waymark.gate_provider_accounts();
create function waymark.gate_provider_accounts()
  returns table (id uuid, force_id uuid, kind text, account_sid text, messaging_service_sid text, sender text,
                 discreet_sender text, two_way boolean, weight int, keywords text, templates text, credential_ref text)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    select id, force_id, kind, account_sid, messaging_service_sid, sender, discreet_sender, two_way, weight, keywords,
           templates::text, credential_ref
      from waymark.provider_account order by id
  $$;
comment on function waymark.gate_provider_accounts() is 'for sending, and to match a webhook to its account';

create function waymark.gate_code_persons(p_code uuid)
  returns table (force_id uuid, person_id uuid)
  language sql stable security definer set search_path = pg_catalog, pg_temp
  as $$
    with code as (
      select c.number_keys, c.invitation_id from waymark.sign_in_code c
       where c.id = p_code and c.released and waymark.ctx_kind() = 'nobody'
    ), concerned as (
      select link.person_id from code
        join waymark.account a on a.number_key = any (code.number_keys) and a.retired_at is null
        join waymark.account_person link on link.account_id = a.id and link.ended_at is null
      union
      select i.person_id from code join waymark.invitation i on i.id = code.invitation_id
    )
    select p.force_id, p.id from concerned join waymark.person p on p.id = concerned.person_id order by p.force_id, p.id
  $$;
comment on function waymark.gate_code_persons(uuid) is
  'For whom a code was sent, in every force: it cannot reach them, and staff of each have to know. Asked by the code''s id alone, '
  'never by a number.';

do $$
declare f regprocedure;
begin
  for f in
    select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'waymark' and p.proname in ('gate_provider_accounts', 'gate_code_persons')
  loop
    execute format('alter function %s owner to waymark_gate', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to waymark_app', f);
  end loop;
end $$;
