-- Files that go with messages. What is kept is what was cleaned (no place, no device, nothing that runs), never what came in.
create table waymark.attachment_rule (
  force_id uuid primary key references waymark.force,
  file_bytes int not null default 10485760 check (file_bytes between 102400 and 10485760),
  message_files int not null default 5 check (message_files between 1 and 20),
  case_bytes bigint not null default 104857600 check (case_bytes between 1048576 and 10737418240),
  serve_unscanned boolean not null default false
);
comment on table waymark.attachment_rule is 'what a force says of files; without a row the defaults hold';
comment on column waymark.attachment_rule.file_bytes is 'most bytes of one file; the server reads no more than 10 MB of any';
comment on column waymark.attachment_rule.case_bytes is 'most bytes of all files of one person in one case, so that nobody fills up another''s room, or learns of it';
comment on column waymark.attachment_rule.serve_unscanned is 'whether a file is served on which no scanner has said anything; never one in which it found something';

create table waymark.attachment (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  case_id uuid not null references waymark.case_file,
  person_id uuid not null references waymark.person,
  by_staff text,
  message_id uuid,
  place int,
  type text not null check (type in ('image/jpeg', 'image/png', 'application/pdf')),
  size int not null check (size > 0),
  details bytea not null,
  scan text not null check (scan in ('waiting', 'clean', 'infected')),
  tries int not null default 0,
  scan_at timestamptz not null,
  raised boolean not null default false,
  uploaded_at timestamptz not null,
  check ((message_id is null) = (place is null))
);
comment on table waymark.attachment is 'Files of a conversation: who gave them, with which message they went, and what the scanner said. Times are case time.';
comment on column waymark.attachment.person_id is 'whose conversation it is for, whoever gave it';
comment on column waymark.attachment.by_staff is 'as the force''s identity provider names them: opaque; null where the person gave it';
comment on column waymark.attachment.message_id is 'the message it went with, null before: no foreign key, since features keep their own tables';
comment on column waymark.attachment.place is 'its place among the files of the message, from 0';
comment on column waymark.attachment.size is 'bytes of the file as it is kept';
comment on column waymark.attachment.details is 'sealed JSON: its name, the SHA-256 of all its parts in order, and what a scanner called what it found';
comment on column waymark.attachment.scan_at is 'when the scanner is asked next, or when it last answered';
comment on column waymark.attachment.raised is 'that nobody can open it is in the work queue';
create index attachment_of_message on waymark.attachment (message_id) where message_id is not null;
comment on index waymark.attachment_of_message is 'the files of a page of messages';
create index attachment_of_person on waymark.attachment (person_id, case_id, id);
comment on index waymark.attachment_of_person is 'how much one person has in a case, and what they take with them';
create index attachment_to_scan on waymark.attachment (force_id, scan_at) where scan = 'waiting';
comment on index waymark.attachment_to_scan is 'what the scanner is asked of next';
create index attachment_unsent on waymark.attachment (uploaded_at) where message_id is null;
comment on index waymark.attachment_unsent is 'what went with no message, and goes';

create table waymark.attachment_part (
  id uuid primary key,
  attachment_id uuid not null references waymark.attachment on delete cascade,
  force_id uuid not null references waymark.force,
  number int not null check (number >= 0),
  content bytea not null,
  unique (attachment_id, number)
);
comment on table waymark.attachment_part is 'The bytes of files, in parts that are sealed one by one, so that neither serving nor sealing anew needs a whole file at once. None of one in which something was found.';
comment on column waymark.attachment_part.content is 'sealed: at most 1 MB';

do $$
declare t text;
begin
  foreach t in array array['attachment_rule', 'attachment', 'attachment_part'] loop
    execute format('alter table waymark.%I enable row level security', t);
    execute format('alter table waymark.%I force row level security', t);
    execute format('create policy gate on waymark.%I to waymark_gate using (true) with check (true)', t);
  end loop;
  foreach t in array array['attachment', 'attachment_part'] loop
    execute format('create policy own_force on waymark.%I to waymark_app
                      using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()))', t);
  end loop;
end $$;
create policy set_up on waymark.attachment_rule to waymark_owner using (true) with check (true);
create policy own_force on waymark.attachment_rule for select to waymark_app using (force_id = (select waymark.ctx_force()));
create policy named_only on waymark.attachment as restrictive to waymark_app
  using ((select waymark.ctx_kind()) is distinct from 'staff' or waymark.case_open(case_id)) with check (true);
-- as its attachment is, for whoever asks
create policy named_only on waymark.attachment_part as restrictive for select to waymark_app
  using (exists (select 1 from waymark.attachment a where a.id = attachment_id));
-- what staff have not sent yet is not there for the person
create policy own_attachment on waymark.attachment for select to waymark_app
  using (person_id = any ((select waymark.ctx_persons())::uuid[]) and (by_staff is null or message_id is not null)
         and case_id in (select p.case_id from waymark.participant p where p.person_id = any ((select waymark.ctx_persons())::uuid[])));
create policy own_attachment on waymark.attachment_part for select to waymark_app
  using ((select waymark.ctx_kind()) = 'person' and exists (select 1 from waymark.attachment a where a.id = attachment_id));

grant select on waymark.attachment_rule to waymark_app, waymark_gate;
grant select, insert, update on waymark.attachment to waymark_app;
grant select, insert, update, delete on waymark.attachment_part to waymark_app;
grant select, insert, update, delete on waymark.attachment to waymark_gate;
grant select, insert, delete on waymark.attachment_part to waymark_gate;

create function waymark.gate_attachment_rule(p_case uuid)
  returns table (file_bytes int, message_files int, case_bytes bigint, serve_unscanned boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select coalesce(r.file_bytes, 10485760), coalesce(r.message_files, 5), coalesce(r.case_bytes, 104857600),
         coalesce(r.serve_unscanned, false)
    from waymark.case_file f left join waymark.attachment_rule r on r.force_id = f.force_id where f.id = p_case
$$;
comment on function waymark.gate_attachment_rule(uuid) is 'what the force of a case says of files: numbers that everybody who sends one is told';

create function waymark.gate_add_attachment(p_id uuid, p_person uuid, p_case uuid, p_type text, p_size int, p_details bytea, p_scan text,
    p_scan_at timestamptz, p_now timestamptz) returns text
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare v_force uuid; v_most bigint;
begin
  perform waymark.own_person(p_person);
  -- two that come at once are counted one after the other
  perform pg_advisory_xact_lock(hashtextextended('attachment ' || p_person, 0));
  select cf.force_id, coalesce(r.case_bytes, 104857600) into v_force, v_most
    from waymark.participant pa join waymark.case_file cf on cf.id = pa.case_id
    left join waymark.attachment_rule r on r.force_id = cf.force_id
   where pa.case_id = p_case and pa.person_id = p_person and not pa.removed and not pa.quiet and cf.recorded and cf.on_phones;
  if not found then
    return null;
  end if;
  if p_size + (select coalesce(sum(a.size), 0) from waymark.attachment a
                where a.person_id = p_person and a.case_id = p_case and a.by_staff is null and a.scan <> 'infected') > v_most then
    return 'full';
  end if;
  insert into waymark.attachment (id, force_id, case_id, person_id, type, size, details, scan, scan_at, uploaded_at)
  values (p_id, v_force, p_case, p_person, p_type, p_size, p_details, p_scan, p_scan_at, p_now);
  return 'taken';
end $$;
comment on function waymark.gate_add_attachment(uuid, uuid, uuid, text, int, bytea, text, timestamptz, timestamptz) is
  'a person gives a file: taken, full, or null where the case is not theirs';

create function waymark.gate_add_attachment_part(p_id uuid, p_attachment uuid, p_number int, p_content bytea) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into waymark.attachment_part (id, attachment_id, force_id, number, content)
  select p_id, a.id, a.force_id, p_number, p_content from waymark.attachment a
   where a.id = p_attachment and a.person_id = any (waymark.ctx_persons()) and a.by_staff is null and a.message_id is null
     and waymark.ctx_kind() = 'person' and waymark.ctx_session() is not null;
  return found;
end $$;
comment on function waymark.gate_add_attachment_part(uuid, uuid, int, bytea) is
  'the next part of a file that a person of this account gives, as long as it has not gone with a message';

create function waymark.gate_send_attachments(p_message uuid, p_case uuid, p_person uuid, p_by_staff text, p_ids uuid[]) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  if waymark.ctx_kind() = 'person' then
    perform waymark.own_person(p_person);
    if p_by_staff is not null then
      raise exception 'not by staff' using errcode = 'insufficient_privilege';
    end if;
  elsif waymark.ctx_kind() not in ('staff', 'worker') then
    raise exception 'neither a person nor staff' using errcode = 'insufficient_privilege';
  end if;
  perform 1 from waymark.attachment a where a.id = any (p_ids) order by a.id for update;
  if (select count(*) from waymark.attachment a
       where a.id = any (p_ids) and a.case_id = p_case and a.person_id = p_person and a.by_staff is not distinct from p_by_staff
         and a.message_id is null and a.scan <> 'infected'
         and (waymark.ctx_kind() = 'person' or a.force_id = waymark.ctx_force())
         and (waymark.ctx_kind() <> 'staff' or waymark.case_open(a.case_id))) <> cardinality(p_ids) then
    return false;
  end if;
  update waymark.attachment a set message_id = p_message, place = array_position(p_ids, a.id) - 1 where a.id = any (p_ids);
  return true;
end $$;
comment on function waymark.gate_send_attachments(uuid, uuid, uuid, text, uuid[]) is
  'files go with a message: all of them, or none where one is not of whoever sends it and for this conversation, went with another, or '
  'has something in it';

create function waymark.gate_forget_unsent_attachments(p_before timestamptz, p_most integer) returns integer
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare v_gone integer;
begin
  delete from waymark.attachment where id in (
    select a.id from waymark.attachment a where a.message_id is null and a.uploaded_at <= p_before
     order by a.uploaded_at limit p_most for update skip locked);
  get diagnostics v_gone = row_count;
  return v_gone;
end $$;
comment on function waymark.gate_forget_unsent_attachments(timestamptz, integer) is 'takes away files that went with no message in time';

create function waymark.gate_unsent_attachment() returns timestamptz
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select min(a.uploaded_at) from waymark.attachment a where a.message_id is null
$$;
comment on function waymark.gate_unsent_attachment() is 'when the oldest file came that has gone with no message, and nothing else of it';

create function waymark.gate_erase_unsent_attachments(p_person uuid) returns void
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from waymark.attachment where person_id = p_person and force_id = waymark.ctx_force() and message_id is null and by_staff is null;
end $$;
comment on function waymark.gate_erase_unsent_attachments(uuid) is
  'in a transaction of a force: a person wanted it erased. What went with a message is part of the record';

do $$
declare f regprocedure;
begin
  for f in
    select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'waymark' and p.proname in ('gate_attachment_rule', 'gate_add_attachment', 'gate_add_attachment_part',
       'gate_send_attachments', 'gate_forget_unsent_attachments', 'gate_unsent_attachment', 'gate_erase_unsent_attachments')
  loop
    execute format('alter function %s owner to waymark_gate', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to waymark_app', f);
  end loop;
end $$;
