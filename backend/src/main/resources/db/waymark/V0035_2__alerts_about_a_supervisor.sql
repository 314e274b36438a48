-- Where a force has one supervisor, nobody else could look into what they did: an administrator may.
alter table waymark.work_item add column about_supervisor boolean not null default false;
comment on column waymark.work_item.about_supervisor is 'whoever it is about is a supervisor: an administrator may look into it as well';
-- what waits already, by the roles with which it was done
alter table waymark.work_item no force row level security;
alter table waymark.audit_log no force row level security;
update waymark.work_item i set about_supervisor = true
 where i.about_staff is not null and i.completed_at is null
   and exists (select 1 from waymark.audit_log l
                where l.force_id = i.force_id and l.caller = 'staff:' || i.about_staff and 'supervisor' = any (string_to_array(l.roles, ' ')));
alter table waymark.work_item force row level security;
alter table waymark.audit_log force row level security;
