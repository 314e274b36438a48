-- How each person wants to be told, in their own order. Nobody has to choose: without rows it is the app, then a text.
create table waymark.contact_channel (
  person_id uuid not null references waymark.person,
  channel text not null check (channel in ('push', 'sms', 'email', 'letter', 'call')),
  force_id uuid not null references waymark.force,
  place smallint check (place between 1 and 5),
  address bytea,
  safety text not null default 'unknown' check (safety in ('safe', 'unsafe', 'unknown')),
  primary key (person_id, channel),
  check ((address is not null) = (channel in ('email', 'letter')))
);
comment on table waymark.contact_channel is
  'A person''s own order of channels. Numbers are the person''s and the account''s; only emails and postal addresses stand here.';
comment on column waymark.contact_channel.place is 'first is 1; null: not chosen any more, kept because the address is unsafe';
comment on column waymark.contact_channel.address is 'sealed: an email address, or the lines of a postal one, a name first';
comment on column waymark.contact_channel.safety is
  'of the address, said by staff; what the person enters is unknown until then, and nothing goes to an unknown address';

alter table waymark.contact_channel enable row level security;
alter table waymark.contact_channel force row level security;
create policy own_force on waymark.contact_channel to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
create policy own_choice on waymark.contact_channel for select to waymark_app
  using (person_id = any ((select waymark.ctx_persons())::uuid[]));
create policy gate on waymark.contact_channel to waymark_gate using (true) with check (true);
grant select, insert, update, delete on waymark.contact_channel to waymark_app, waymark_gate;

alter table waymark.person add column preferences_reason bytea;
comment on column waymark.person.preferences_reason is 'sealed: why staff changed the preferences last, on the person''s behalf';

create function waymark.forget_channels() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from waymark.contact_channel where person_id = new.id;
  return null;
end $$;
alter function waymark.forget_channels() owner to waymark_gate;
revoke all on function waymark.forget_channels() from public;
comment on function waymark.forget_channels() is 'addresses of the dead are not kept';
create trigger forget_channels after update of deceased on waymark.person
  for each row when (new.deceased) execute function waymark.forget_channels();

create policy gate_asks_to_confirm on waymark.work_item for insert to waymark_gate with check (kind = 'address_to_confirm');
create policy gate_knows_it_asked on waymark.work_item for select to waymark_gate using (kind = 'address_to_confirm');
grant select (force_id, kind, person_id, completed_at) on waymark.work_item to waymark_gate;

create function waymark.gate_choose_channels(p_person uuid, p_channels text[], p_addresses bytea[], p_known boolean[],
    p_item uuid, p_now timestamptz, p_due timestamptz) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if waymark.ctx_kind() is distinct from 'person' or not p_person = any (waymark.ctx_persons()) then
    raise exception 'not a person of this account' using errcode = 'insufficient_privilege';
  end if;
  update waymark.contact_channel set place = null where person_id = p_person;
  insert into waymark.contact_channel (person_id, channel, force_id, place, address)
  select p.id, n.channel, p.force_id, n.place, n.address
    from waymark.person p, unnest(p_channels, p_addresses) with ordinality as n(channel, address, place)
   where p.id = p_person
  on conflict (person_id, channel) do update
     set place = excluded.place, address = excluded.address,
         safety = case when p_known[excluded.place] then waymark.contact_channel.safety else 'unknown' end;
  delete from waymark.contact_channel where person_id = p_person and place is null and safety <> 'unsafe';
  if false = any (p_known) then
    insert into waymark.work_item (id, force_id, kind, dedupe_key, person_id, reason, due_at, created_at)
    select p_item, p.force_id, 'address_to_confirm', 'address_to_confirm:' || p_item, p.id, 'address_entered', p_due, p_now
      from waymark.person p
     where p.id = p_person
       and not exists (select 1 from waymark.work_item w
                        where w.force_id = p.force_id and w.person_id = p.id and w.kind = 'address_to_confirm'
                          and w.completed_at is null);
  end if;
end $$;
alter function waymark.gate_choose_channels owner to waymark_gate;
revoke all on function waymark.gate_choose_channels from public;
grant execute on function waymark.gate_choose_channels to waymark_app;
comment on function waymark.gate_choose_channels is
  'a person''s own order of channels; p_known: the address is the one that stood there, and what was said of it stays. '
  'A new one is for staff to confirm.';

create index work_item_task on waymark.work_item (subject_id)
  where kind in ('call_to_make', 'letter_to_post') and completed_at is null;
comment on index waymark.work_item_task is 'a message was read or settled: what staff were to do for it goes';
