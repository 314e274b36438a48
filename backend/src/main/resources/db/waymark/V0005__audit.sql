create table waymark.audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  force_id uuid references waymark.force,
  caller text not null,
  action text not null,
  case_id uuid,
  person_id uuid
);
comment on table waymark.audit_log is 'Who saw or changed what. Append-only; machine time.';
comment on column waymark.audit_log.caller is 'kind and opaque subject, never a name';
create index audit_log_by_person on waymark.audit_log (person_id, id) where person_id is not null;
comment on index waymark.audit_log_by_person is 'a person can read the part that concerns them';
create index audit_log_by_case on waymark.audit_log (case_id, id) where case_id is not null;

create function waymark.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only' using errcode = '42501';
end $$;
create trigger no_change before update or delete on waymark.audit_log for each row execute function waymark.refuse_change();
create trigger no_truncate before truncate on waymark.audit_log for each statement execute function waymark.refuse_change();
alter table waymark.audit_log enable always trigger no_change;
alter table waymark.audit_log enable always trigger no_truncate;

alter table waymark.audit_log enable row level security;
alter table waymark.audit_log force row level security;
create policy force_writes on waymark.audit_log for insert to waymark_app
  with check (force_id = (select waymark.ctx_force()));
create policy account_writes on waymark.audit_log for insert to waymark_app
  with check ((select waymark.ctx_account()) is not null and caller = 'person:' || (select waymark.ctx_account())::text);
create policy force_reads on waymark.audit_log for select to waymark_app
  using (force_id = (select waymark.ctx_force()));
create policy person_reads on waymark.audit_log for select to waymark_app
  using (person_id = any ((select waymark.ctx_persons())::uuid[]));
grant select, insert on waymark.audit_log to waymark_app;
