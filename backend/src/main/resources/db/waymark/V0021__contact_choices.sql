-- What a person has chosen about how and when to be told, beyond language, discreet words and channels.
create table waymark.contact_choice (
  person_id uuid primary key references waymark.person,
  force_id uuid not null references waymark.force,
  choices bytea not null
);
comment on table waymark.contact_choice is 'How and when each person wants to be told; no row: as usual';
comment on column waymark.contact_choice.choices is 'sealed JSON';

alter table waymark.contact_choice enable row level security;
alter table waymark.contact_choice force row level security;
create policy own_force on waymark.contact_choice to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
create policy own_choice on waymark.contact_choice for select to waymark_app
  using (person_id = any ((select waymark.ctx_persons())::uuid[]));
create policy gate on waymark.contact_choice to waymark_gate using (true) with check (true);
grant select, insert, update, delete on waymark.contact_choice to waymark_app, waymark_gate;
