-- Who the database thinks is asking. Every transaction of the application says so first, in one of two ways:
--   a person's session:            waymark.enter_person(session), which also checks that the session is alive
--   staff, a system or a worker:   waymark.enter_force(kind, force)
-- Settings are local to the transaction: a forgotten, finished or rolled back one leaves nothing visible.
create schema if not exists waymark;
grant usage on schema waymark to waymark_app, waymark_gate;
-- the gate must own its functions, and owning takes CREATE here at the time of the change of owner
grant create on schema waymark to waymark_gate;

create function waymark.ctx_kind() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('waymark.kind', true), '') $$;
create function waymark.ctx_force() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('waymark.force', true), '')::uuid $$;
create function waymark.ctx_account() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('waymark.account', true), '')::uuid $$;
create function waymark.ctx_session() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('waymark.session', true), '')::uuid $$;
create function waymark.ctx_persons() returns uuid[] language sql stable parallel safe
  as $$ select nullif(current_setting('waymark.persons', true), '')::uuid[] $$;

comment on function waymark.ctx_kind() is 'person, staff, system, worker or nobody; null when nobody entered';
comment on function waymark.ctx_force() is 'the force of staff, system or worker; null for a person';
comment on function waymark.ctx_persons() is 'the persons linked to the session''s account; null for anyone but a person';

-- Clears first: a transaction runs as exactly one caller, so the last one to enter is the only one.
create function waymark.leave() returns void language sql volatile as $$
  select set_config('waymark.kind', '', true), set_config('waymark.force', '', true), set_config('waymark.account', '', true),
         set_config('waymark.session', '', true), set_config('waymark.persons', '', true), set_config('notifications.tenant', '', true);
$$;

create function waymark.enter_force(p_kind text, p_force uuid) returns void language plpgsql volatile as $$
begin
  if p_kind not in ('staff', 'system', 'worker') or p_force is null then
    raise exception 'enter_force takes staff, system or worker, and a force';
  end if;
  perform waymark.leave();
  perform set_config('waymark.kind', p_kind, true), set_config('waymark.force', p_force::text, true),
          set_config('notifications.tenant', p_force::text, true);
end $$;
comment on function waymark.enter_force(text, uuid) is 'this transaction acts for staff, a system or a worker of one force';

-- Before anyone is known. Messages queued here (one-time codes) belong to no force: the tenant of zeros.
create function waymark.enter_nobody() returns void language plpgsql volatile as $$
begin
  perform waymark.leave();
  perform set_config('waymark.kind', 'nobody', true),
          set_config('notifications.tenant', '00000000-0000-0000-0000-000000000000', true);
end $$;
comment on function waymark.enter_nobody() is 'this transaction acts before anyone is known: sign-in, refresh, webhooks';
