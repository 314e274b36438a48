-- Who changed how a person is contacted, when and what.
create table waymark.contact_version (
  id uuid primary key,
  person_id uuid not null references waymark.person,
  force_id uuid not null references waymark.force,
  changed_at timestamptz not null,
  changed_by text not null check (changed_by in ('person', 'staff', 'force_system', 'reply')),
  role text,
  staff text,
  reason bytea,
  fields text[] not null,
  shown bytea not null
);
comment on table waymark.contact_version is
  'Every change of how a person is contacted, by the person, staff, the force''s systems or a reply. Only added to.';
comment on column waymark.contact_version.changed_at is 'case time';
comment on column waymark.contact_version.staff is 'the identity provider''s subject; the person reads the role only';
comment on column waymark.contact_version.reason is 'sealed: why staff changed it; for staff';
comment on column waymark.contact_version.fields is 'names of what was changed';
comment on column waymark.contact_version.shown is
  'sealed JSON: by field, what it was changed to; a word, an address, a number and who else may be told are named only';
create index contact_version_of on waymark.contact_version (person_id, id desc);
comment on index waymark.contact_version_of is 'a person''s history, the newest first';

alter table waymark.contact_version enable row level security;
alter table waymark.contact_version force row level security;
create policy own_force on waymark.contact_version to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
create policy own_history on waymark.contact_version for select to waymark_app
  using (person_id = any ((select waymark.ctx_persons())::uuid[]));
create policy gate on waymark.contact_version for insert to waymark_gate with check (true);
grant select, insert on waymark.contact_version to waymark_app;
grant insert on waymark.contact_version to waymark_gate;

create function waymark.gate_note_choice(p_id uuid, p_person uuid, p_now timestamptz, p_fields text[], p_shown bytea) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if waymark.ctx_kind() is distinct from 'person' or not p_person = any (waymark.ctx_persons()) then
    raise exception 'not a person of this account' using errcode = 'insufficient_privilege';
  end if;
  insert into waymark.contact_version (id, person_id, force_id, changed_at, changed_by, fields, shown)
  select p_id, p.id, p.force_id, p_now, 'person', p_fields, p_shown from waymark.person p where p.id = p_person;
end $$;
comment on function waymark.gate_note_choice is 'a person has changed how they are contacted: a version of it';

create function waymark.gate_put_choices(p_person uuid, p_choices bytea) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if waymark.ctx_kind() is distinct from 'person' or not p_person = any (waymark.ctx_persons()) then
    raise exception 'not a person of this account' using errcode = 'insufficient_privilege';
  end if;
  insert into waymark.contact_choice (person_id, force_id, choices)
  select p.id, p.force_id, p_choices from waymark.person p where p.id = p_person
  on conflict (person_id) do update set choices = excluded.choices;
end $$;
comment on function waymark.gate_put_choices is 'how and when a person of this account wants to be told';

do $$
declare f regprocedure;
begin
  for f in
    select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'waymark'
       and p.proname in ('gate_order_channels', 'gate_ask_of_channel', 'gate_pause', 'gate_paused', 'gate_account_choices',
                         'gate_note_choice', 'gate_put_choices')
  loop
    execute format('alter function %s owner to waymark_gate', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to waymark_app', f);
  end loop;
end $$;
