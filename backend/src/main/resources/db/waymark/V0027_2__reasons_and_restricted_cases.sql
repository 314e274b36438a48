-- Why staff read, and cases that only named people may open. Staff enter as themselves: which restricted cases are there
-- for them is decided in the database.
create or replace function waymark.leave() returns void language sql volatile as $$
  select set_config('waymark.kind', '', true), set_config('waymark.force', '', true), set_config('waymark.account', '', true),
         set_config('waymark.session', '', true), set_config('waymark.persons', '', true),
         set_config('waymark.language', '', true), set_config('notifications.tenant', '', true),
         set_config('waymark.subject', '', true), set_config('waymark.supervises', '', true), set_config('waymark.at', '', true);
$$;
create function waymark.ctx_subject() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('waymark.subject', true), '') $$;
create function waymark.ctx_supervises() returns boolean language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('waymark.supervises', true), '')::boolean, false) $$;
create function waymark.ctx_at() returns timestamptz language sql stable parallel safe
  as $$ select nullif(current_setting('waymark.at', true), '')::timestamptz $$;
comment on function waymark.ctx_subject() is 'the member of staff, as the force''s identity provider calls them; null for anyone else';
comment on function waymark.ctx_supervises() is 'whether that member is a supervisor or an administrator';
comment on function waymark.ctx_at() is 'machine time at which that member entered';

create function waymark.enter_staff(p_force uuid, p_subject text, p_supervises boolean, p_now timestamptz) returns void
  language plpgsql volatile as $$
begin
  perform waymark.enter_force('staff', p_force);
  perform set_config('waymark.subject', p_subject, true), set_config('waymark.supervises', p_supervises::text, true),
          set_config('waymark.at', p_now::text, true);
end $$;
comment on function waymark.enter_staff(uuid, text, boolean, timestamptz) is 'this transaction acts for one member of staff of a force';

alter table waymark.force
  add column read_reasons text not null default 'asked' check (read_reasons in ('asked', 'required')),
  add column staff_names_shown boolean not null default false;
comment on column waymark.force.read_reasons is 'required: a read by staff without a reason is refused; asked: it is noted as none_given';
comment on column waymark.force.staff_names_shown is 'people see the names of those who looked, beside role and unit';

create table waymark.access_reason (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  words bytea not null
);
comment on table waymark.access_reason is 'What staff typed as the reason of a read; the audit log names the row.';
comment on column waymark.access_reason.words is 'sealed text';
create table waymark.staff_name (
  force_id uuid not null references waymark.force,
  caller text not null,
  id uuid not null,
  name bytea not null,
  primary key (force_id, caller)
);
comment on table waymark.staff_name is 'What members of staff are called, kept only where the force lets people see it.';
comment on column waymark.staff_name.caller is 'as in the audit log';
comment on column waymark.staff_name.name is 'sealed, for the id of the row';

alter table waymark.case_file add column restricted boolean not null default false;
comment on column waymark.case_file.restricted is 'flagged restricted_access or police_suspect: only those in case_access may open it';
create table waymark.case_access (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  subject text not null,
  how text not null check (how in ('named', 'break_glass')),
  reason bytea,
  granted_by text not null,
  granted_at timestamptz not null,
  ends_at timestamptz,
  ended_at timestamptz
);
comment on table waymark.case_access is 'Who of a force''s staff may open a restricted case. Machine time.';
comment on column waymark.case_access.how is 'named: by a supervisor, until taken off; break_glass: by themselves, for a short time';
comment on column waymark.case_access.reason is 'sealed: why the glass was broken';
create index case_access_live on waymark.case_access (case_id, subject) where ended_at is null;
comment on index waymark.case_access_live is 'asked at each row of a restricted case';

do $$
declare t text;
begin
  foreach t in array array['access_reason', 'staff_name', 'case_access'] loop
    execute format('alter table waymark.%I enable row level security', t);
    execute format('alter table waymark.%I force row level security', t);
    execute format('create policy own_force on waymark.%I to waymark_app
                      using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()))', t);
  end loop;
end $$;
grant select, insert on waymark.access_reason to waymark_app;
grant select, insert, update on waymark.staff_name, waymark.case_access to waymark_app;
create policy gate_reads on waymark.staff_name for select to waymark_gate using (true);
create policy gate_reads on waymark.case_access for select to waymark_gate using (true);
grant select on waymark.staff_name, waymark.case_access, waymark.unit to waymark_gate;
create policy gate_reads on waymark.unit for select to waymark_gate using (true);

create function waymark.case_open(p_case uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce((
    select not f.restricted
           or exists (select 1 from waymark.case_access a
                       where a.case_id = f.id and a.ended_at is null and a.subject = waymark.ctx_subject()
                         and a.force_id = waymark.ctx_force() and (a.ends_at is null or a.ends_at > waymark.ctx_at()))
      from waymark.case_file f where f.id = p_case), true)
$$;
comment on function waymark.case_open(uuid) is 'whether this member of staff may open the case: any that is not restricted, or named for it';

create function waymark.person_open(p_person uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select not exists (select 1 from waymark.participant p join waymark.case_file f on f.id = p.case_id
                      where p.person_id = p_person and f.restricted)
         or exists (select 1 from waymark.participant p where p.person_id = p_person and waymark.case_open(p.case_id))
$$;
comment on function waymark.person_open(uuid) is 'whether this member of staff may know of the person by any case that is open to them';

create function waymark.closed_events(p_events uuid[]) returns setof uuid
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select e.id from waymark.case_event e where e.id = any (p_events) and not waymark.case_open(e.case_id)
$$;
comment on function waymark.closed_events(uuid[]) is 'those of these events whose case this member of staff may not open';

do $$
declare f regprocedure; t text;
begin
  for f in
    select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'waymark' and p.proname in ('case_open', 'person_open', 'closed_events')
  loop
    execute format('alter function %s owner to waymark_gate', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to waymark_app', f);
  end loop;
  foreach t in array array['participant', 'case_event', 'timeline_entry', 'suspect_number', 'announcement',
                           'timeline_document', 'told'] loop
    execute format('create policy named_only on waymark.%I as restrictive to waymark_app
                      using ((select waymark.ctx_kind()) is distinct from ''staff'' or waymark.case_open(case_id))
                      with check (true)', t);
  end loop;
end $$;
create policy named_only on waymark.case_file as restrictive to waymark_app
  using ((select waymark.ctx_kind()) is distinct from 'staff' or not restricted or waymark.case_open(id)) with check (true);
create policy named_only on waymark.person as restrictive to waymark_app
  using ((select waymark.ctx_kind()) is distinct from 'staff' or waymark.person_open(id)) with check (true);
-- supervisors see that something waits: were nobody named, it would wait for ever
create policy named_only on waymark.work_item as restrictive to waymark_app
  using ((select waymark.ctx_kind()) is distinct from 'staff' or (select waymark.ctx_supervises())
         or (case_id is null or waymark.case_open(case_id)) and (person_id is null or waymark.person_open(person_id)))
  with check (true);

create function waymark.gate_access_log(p_before bigint, p_limit int)
  returns table (id bigint, at timestamptz, force_en text, force_cy text, caller text, action text, case_id uuid, roles text,
                 unit_en text, unit_cy text, name_id uuid, name bytea)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select l.id, l.at, f.name_en, f.name_cy, l.caller, l.action, l.case_id, l.roles,
         coalesce(u.name_en, l.unit), coalesce(u.name_cy, l.unit), s.id, s.name
    from waymark.audit_log l
    left join waymark.force f on f.id = l.force_id
    left join waymark.unit u on u.force_id = l.force_id and u.code = l.unit
    left join waymark.staff_name s on s.force_id = l.force_id and s.caller = l.caller and f.staff_names_shown
   where l.person_id = any (waymark.ctx_persons()) and (p_before is null or l.id < p_before)
   order by l.id desc limit p_limit
$$;
comment on function waymark.gate_access_log(bigint, int) is
  'what the audit log says of the persons of this account, the newest first; never who of the staff by anything but a name that is shown';
alter function waymark.gate_access_log(bigint, int) owner to waymark_gate;
revoke all on function waymark.gate_access_log(bigint, int) from public;
grant execute on function waymark.gate_access_log(bigint, int) to waymark_app;
