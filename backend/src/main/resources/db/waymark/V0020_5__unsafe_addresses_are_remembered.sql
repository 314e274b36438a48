-- An address that staff called unsafe was forgotten as soon as another took its place, and was unknown when it came back: staff
-- might then confirm it. A keyed hash is enough to know it again, whoever enters it.
create table waymark.unsafe_address (
  person_id uuid not null references waymark.person,
  address_key bytea not null,
  force_id uuid not null references waymark.force,
  primary key (person_id, address_key)
);
comment on table waymark.unsafe_address is
  'Emails and postal addresses that staff called unsafe for a person, until they call them safe: keyed hashes only.';

alter table waymark.unsafe_address enable row level security;
alter table waymark.unsafe_address force row level security;
create policy own_force on waymark.unsafe_address to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
create policy own_choice on waymark.unsafe_address for select to waymark_app
  using (person_id = any ((select waymark.ctx_persons())::uuid[]));
create policy gate on waymark.unsafe_address to waymark_gate using (true);
grant select, insert, delete on waymark.unsafe_address to waymark_app;
grant select, delete on waymark.unsafe_address to waymark_gate;

create or replace function waymark.forget_channels() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from waymark.contact_channel where person_id = new.id;
  delete from waymark.unsafe_address where person_id = new.id;
  return null;
end $$;
