-- What people and staff have said here and the force's own system has to have. A row is there if, and only if, what it tells about
-- was committed; it waits until that system has said that it has it.
create table waymark.outbound_parcel (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  type text not null,
  case_id uuid not null references waymark.case_file,
  person_id uuid references waymark.person,
  subject_id uuid not null,
  dedupe_key text not null,
  data bytea,
  created_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'refused', 'acknowledged')),
  unique (force_id, dedupe_key)
);
comment on table waymark.outbound_parcel is 'what is on its way to a force''s own system, and what that system has said of it';
comment on column waymark.outbound_parcel.id is 'the idempotency key of every try, for ever';
comment on column waymark.outbound_parcel.subject_id is 'the row of the feature that put it: no foreign key, since features keep their own tables';
comment on column waymark.outbound_parcel.data is 'sealed: what the force''s system is given, as JSON; null once it has it and the words have been wiped';
comment on column waymark.outbound_parcel.state is 'acknowledged only when the other side has said that it has it';

alter table waymark.outbound_parcel enable row level security;
alter table waymark.outbound_parcel force row level security;
create policy own_force on waymark.outbound_parcel to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
create policy gate on waymark.outbound_parcel to waymark_gate using (true) with check (true);
grant select, insert, update on waymark.outbound_parcel to waymark_app, waymark_gate;

create function waymark.put_outbound(p_id uuid, p_force uuid, p_type text, p_case uuid, p_person uuid, p_subject uuid,
    p_key text, p_data bytea, p_now timestamptz) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if waymark.ctx_kind() = 'person' then
    if p_person is null or not p_person = any (waymark.ctx_persons())
        or not exists (select 1 from waymark.person p where p.id = p_person and p.force_id = p_force) then
      raise exception 'not a person of this account' using errcode = 'insufficient_privilege';
    end if;
  elsif waymark.ctx_force() is distinct from p_force then
    raise exception 'not this force' using errcode = 'insufficient_privilege';
  end if;
  if not exists (select 1 from waymark.case_file f where f.id = p_case and f.force_id = p_force) then
    raise exception 'not a case of this force' using errcode = 'insufficient_privilege';
  end if;
  insert into waymark.outbound_parcel (id, force_id, type, case_id, person_id, subject_id, dedupe_key, data, created_at)
  values (p_id, p_force, p_type, p_case, p_person, p_subject, p_key, p_data, p_now)
  on conflict (force_id, dedupe_key) do nothing;
  return found;
end $$;
comment on function waymark.put_outbound(uuid, uuid, text, uuid, uuid, uuid, text, bytea, timestamptz) is
  'puts something out for the force''s system, in the transaction that makes it; false where it was put before';
alter function waymark.put_outbound(uuid, uuid, text, uuid, uuid, uuid, text, bytea, timestamptz) owner to waymark_gate;
revoke all on function waymark.put_outbound(uuid, uuid, text, uuid, uuid, uuid, text, bytea, timestamptz) from public;
grant execute on function waymark.put_outbound(uuid, uuid, text, uuid, uuid, uuid, text, bytea, timestamptz) to waymark_app;
