-- Whether a channel is safe is said of every channel now, with the day on which it was; what was said of a number counts for
-- that number only.
alter table waymark.contact_channel
  add column said_by text check (said_by in ('person', 'staff')),
  add column confirmed_at timestamptz,
  add column number bytea;
comment on column waymark.contact_channel.safety is
  'of the channel: of an email or postal address, what the person enters is unknown until staff have confirmed it; of the app, a '
  'text and a call only where said_by is set: otherwise nothing was said, and the force''s word on the number holds';
comment on column waymark.contact_channel.said_by is 'who said last what is known of the channel; null: nobody has';
comment on column waymark.contact_channel.confirmed_at is
  'case time at which it was last said to be safe; it lapses (messages/contact.properties)';
comment on column waymark.contact_channel.number is
  'sealed: the number that was said to be safe on the app, for texts or for calls; for another one that does not count';

alter table waymark.person add column mobile_confirmed_at timestamptz;
comment on column waymark.person.mobile_confirmed_at is
  'case time at which the force last said that the number is safe; it lapses. null with a safe number: said before this was kept, '
  'and counted from the day on which that is noticed';
create index person_confirmed on waymark.person (force_id, mobile_confirmed_at) where safety and mobile_safe = 'safe';
comment on index waymark.person_confirmed is 'whose number has to be confirmed again, in cases with a safety flag';
create index contact_channel_confirmed on waymark.contact_channel (force_id, confirmed_at) where safety = 'safe';
comment on index waymark.contact_channel_confirmed is 'which channels have to be confirmed again';

grant insert on waymark.unsafe_address to waymark_gate;

create function waymark.gate_order_channels(p_person uuid, p_channels text[], p_addresses bytea[], p_address_keys bytea[],
    p_known boolean[], p_unsafe boolean[], p_item uuid, p_now timestamptz, p_due timestamptz) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if waymark.ctx_kind() is distinct from 'person' or not p_person = any (waymark.ctx_persons()) then
    raise exception 'not a person of this account' using errcode = 'insufficient_privilege';
  end if;
  update waymark.contact_channel set place = null where person_id = p_person;
  insert into waymark.contact_channel (person_id, channel, force_id, place, address, safety, said_by)
  select p.id, n.channel, p.force_id, n.place, n.address,
         case when n.unsafe then 'unsafe' else 'unknown' end, case when n.unsafe then 'person' end
    from waymark.person p,
         unnest(p_channels, p_addresses, p_unsafe) with ordinality as n(channel, address, unsafe, place)
   where p.id = p_person
  on conflict (person_id, channel) do update
     set place = excluded.place, address = excluded.address,
         safety = case when excluded.safety = 'unsafe' then 'unsafe'
                       when p_known[excluded.place] then waymark.contact_channel.safety else 'unknown' end,
         said_by = case when excluded.safety = 'unsafe' and waymark.contact_channel.safety <> 'unsafe' then 'person'
                        when p_known[excluded.place] then waymark.contact_channel.said_by end,
         confirmed_at = case when p_known[excluded.place] and excluded.safety <> 'unsafe'
                             then waymark.contact_channel.confirmed_at end,
         number = case when p_known[excluded.place] and excluded.safety <> 'unsafe' then waymark.contact_channel.number end;
  insert into waymark.unsafe_address (person_id, address_key, force_id)
  select p.id, n.address_key, p.force_id
    from waymark.person p, unnest(p_address_keys, p_unsafe) as n(address_key, unsafe)
   where p.id = p_person and n.unsafe and n.address_key is not null
  on conflict do nothing;
  delete from waymark.contact_channel
   where person_id = p_person and place is null and safety <> 'unsafe'
     and (said_by is null or channel in ('email', 'letter'));
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
comment on function waymark.gate_order_channels is
  'a person''s own order of channels; p_known: the address is the one that stood there, and what was said of it stays. A new one '
  'is for staff to confirm. p_unsafe: the person will not be told this way, which holds at once; nothing here makes a channel safer';
comment on function waymark.gate_choose_channels is
  'gate_order_channels without what is unsafe; for instances of the version before';

create policy gate_asks_of_channel on waymark.work_item for insert to waymark_gate
  with check (kind in ('channel_to_confirm', 'paused'));
create policy gate_knows_channel on waymark.work_item for select to waymark_gate
  using (kind in ('channel_to_confirm', 'paused'));

create function waymark.gate_ask_of_channel(p_item uuid, p_person uuid, p_channel text, p_now timestamptz, p_due timestamptz)
  returns void language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if waymark.ctx_kind() is distinct from 'person' or not p_person = any (waymark.ctx_persons()) then
    raise exception 'not a person of this account' using errcode = 'insufficient_privilege';
  end if;
  insert into waymark.work_item (id, force_id, kind, dedupe_key, person_id, reason, due_at, created_at)
  select p_item, p.force_id, 'channel_to_confirm', 'said_safe:' || p.id || ':' || p_channel || ':' || p_item, p.id,
         'said_safe', p_due, p_now
    from waymark.person p
   where p.id = p_person
     and not exists (select 1 from waymark.work_item w
                      where w.force_id = p.force_id and w.person_id = p.id and w.kind = 'channel_to_confirm'
                        and w.completed_at is null);
end $$;
comment on function waymark.gate_ask_of_channel is
  'a person says that a channel is safe which is not held to be: staff are asked to find out, once while that is open';

create or replace function waymark.forget_channels() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from waymark.contact_channel where person_id = new.id;
  delete from waymark.unsafe_address where person_id = new.id;
  delete from waymark.contact_choice where person_id = new.id;
  return null;
end $$;
