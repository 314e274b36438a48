-- What a person's session writes into the audit log concerns that account's own persons and belongs to no force.
drop policy account_writes on waymark.audit_log;
create policy account_writes on waymark.audit_log for insert to waymark_app
  with check ((select waymark.ctx_account()) is not null and caller = 'person:' || (select waymark.ctx_account())::text
              and force_id is null and (person_id is null or person_id = any ((select waymark.ctx_persons())::uuid[])));
