-- A timeline as one person reads it, rendered ahead: reading it again is one look-up instead of twenty rows. It is a copy
-- and never the truth: any change of what it shows takes it away in the transaction of the change, and the next reader
-- makes it anew from the rows.
create table waymark.timeline_document (
  case_id uuid not null references waymark.case_file,
  person_id uuid not null references waymark.person,
  language text not null check (language in ('en', 'cy')),
  force_id uuid not null references waymark.force,
  case_version bigint not null,
  words bytea not null,
  body bytea not null,
  primary key (case_id, person_id, language)
) with (toast_tuple_target = 8160, fillfactor = 100);
-- sealed bytes do not compress, and one row of a page is read quicker than pieces beside the table
alter table waymark.timeline_document alter column body set storage external;
comment on table waymark.timeline_document is
  'The first page of a timeline as one person reads it in one language, rendered ahead. A copy: gone with any change, made anew on reading.';
comment on column waymark.timeline_document.case_version is
  'case_file.version before the rows were read: what was rendered beside a change that came in between is never shown';
comment on column waymark.timeline_document.words is 'hash of the words and the code that it was rendered with';
comment on column waymark.timeline_document.body is 'sealed: the ETag, a line feed, the JSON';
create index timeline_document_by_person on waymark.timeline_document (person_id);
comment on index waymark.timeline_document_by_person is 'a person''s choices change, or the person dies';

alter table waymark.timeline_document enable row level security;
alter table waymark.timeline_document force row level security;
create policy own_force on waymark.timeline_document to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
-- the case's own policies say whether it can be seen at all; a copy of another version of it is not there
create policy own_document on waymark.timeline_document for select to waymark_app
  using (person_id = any ((select waymark.ctx_persons())::uuid[])
         and case_version = (select c.version from waymark.case_file c where c.id = timeline_document.case_id));
create policy own_renewal on waymark.timeline_document for delete to waymark_app
  using (person_id = any ((select waymark.ctx_persons())::uuid[]));
create policy own_copy on waymark.timeline_document for insert to waymark_app
  with check (person_id = any ((select waymark.ctx_persons())::uuid[])
              and force_id = (select c.force_id from waymark.case_file c where c.id = timeline_document.case_id)
              and exists (select 1 from waymark.participant p
                           where p.case_id = timeline_document.case_id and p.person_id = timeline_document.person_id));
create policy gate_drops on waymark.timeline_document to waymark_gate using (true);
grant select, insert, update, delete on waymark.timeline_document to waymark_app;
grant select, delete on waymark.timeline_document to waymark_gate;

-- every event, decision about a text and change of a flag goes through the case's row
create function waymark.drop_documents_of_case() returns trigger language plpgsql as $$
begin
  delete from waymark.timeline_document where case_id = new.id;
  return null;
end $$;
create trigger documents_of_case after update on waymark.case_file for each row when (old is distinct from new)
  execute function waymark.drop_documents_of_case();

create function waymark.drop_documents_of_part() returns trigger language plpgsql as $$
begin
  delete from waymark.timeline_document where case_id = new.case_id and person_id = new.person_id;
  return null;
end $$;
create trigger documents_of_part after insert or update on waymark.participant for each row
  execute function waymark.drop_documents_of_part();

create function waymark.drop_documents_of_person() returns trigger language plpgsql as $$
begin
  delete from waymark.timeline_document where person_id = new.id;
  return null;
end $$;
create trigger documents_of_person after update on waymark.person for each row
  when (old.chosen_language is distinct from new.chosen_language or old.language <> new.language
        or old.deceased <> new.deceased or old.merged_into is distinct from new.merged_into)
  execute function waymark.drop_documents_of_person();

create function waymark.ctx_language() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('waymark.language', true), '') $$;
comment on function waymark.ctx_language() is
  'the language that the first of the account''s persons chose, or that their force reported; null for anyone but a person';

-- As before, in fewer steps, for it runs at every request of a person; and it notes the language on the way: to look it up
-- under row-level security cost more than all of this.
create or replace function waymark.enter_person(p_session uuid) returns boolean
  language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_account uuid;
  v_seen timestamptz;
  v_persons text;
  v_language text;
begin
  select d.account_id, d.last_seen_at, l.persons, l.language into v_account, v_seen, v_persons, v_language
    from waymark.device_session d join waymark.account a on a.id = d.account_id,
         lateral (select coalesce(array_agg(l.person_id order by l.person_id), '{}')::text as persons,
                         (array_agg(coalesce(p.chosen_language, p.language) order by l.person_id))[1] as language
                    from waymark.account_person l join waymark.person p on p.id = l.person_id
                   where l.account_id = d.account_id and l.ended_at is null and not p.deceased and p.merged_into is null) l
   where d.id = p_session and d.ended_at is null and a.retired_at is null;
  if not found then
    perform waymark.leave();
    return false;
  end if;
  perform set_config('waymark.kind', 'person', true), set_config('waymark.force', '', true),
          set_config('waymark.account', v_account::text, true), set_config('waymark.session', p_session::text, true),
          set_config('waymark.persons', v_persons, true), set_config('waymark.language', v_language, true),
          set_config('notifications.tenant', '', true);
  if v_seen < clock_timestamp() - interval '5 minutes' then
    update waymark.device_session set last_seen_at = clock_timestamp() where id = p_session;
  end if;
  return true;
end $$;

create or replace function waymark.leave() returns void language sql volatile as $$
  select set_config('waymark.kind', '', true), set_config('waymark.force', '', true), set_config('waymark.account', '', true),
         set_config('waymark.session', '', true), set_config('waymark.persons', '', true),
         set_config('waymark.language', '', true), set_config('notifications.tenant', '', true);
$$;

create function waymark.read_timeline(p_session uuid, p_case uuid, p_language text, p_words bytea,
    out alive boolean, out person_id uuid, out language text, out body bytea)
  language plpgsql volatile as $$
begin
  alive := waymark.enter_person(p_session);
  if not alive then
    return;
  end if;
  language := coalesce(p_language, waymark.ctx_language());
  select d.person_id, d.body into read_timeline.person_id, read_timeline.body
    from waymark.timeline_document d
   where d.case_id = p_case and d.language = read_timeline.language and d.words = p_words
   limit 1;
  -- several persons of one account may see different things of one case: what they see together is not rendered ahead
  if body is not null and cardinality(waymark.ctx_persons()) > 1 and exists (
      select 1 from waymark.participant b where b.case_id = p_case and b.person_id <> read_timeline.person_id) then
    body := null;
  end if;
end $$;
comment on function waymark.read_timeline(uuid, uuid, text, bytea) is
  'One round trip, only ever as a transaction of its own: enters for the person of the session and gives the timeline rendered ahead, '
  'if there is one that is true. It has no rights of its own: row-level security holds as for any query.';
