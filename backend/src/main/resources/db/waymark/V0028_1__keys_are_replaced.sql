-- Keys are replaced without stopping: what is sealed or hashed under an older key is renewed row by row by an operator's
-- command (docs/operate.md, 'Keys'), which can be stopped and goes on where it was.
create table waymark.reseal_progress (
  scope text not null,
  sealing_key int not null,
  lookup_key int not null,
  after_key text[],
  looked_at bigint not null default 0,
  renewed bigint not null default 0,
  started_at timestamptz not null,
  done_at timestamptz,
  primary key (scope, sealing_key, lookup_key)
);
comment on table waymark.reseal_progress is
  'How far `keys reseal` has come: one row a table, and a force where the table is a force''s. Ids of rows and keys, nothing of what they hold.';
comment on column waymark.reseal_progress.scope is 'the table, and after a space the force whose rows are meant';
comment on column waymark.reseal_progress.sealing_key is 'id of the key that everything is sealed under anew; Tink''s, an int with its sign';
comment on column waymark.reseal_progress.lookup_key is 'the same, of the keyed hashes';
comment on column waymark.reseal_progress.after_key is 'primary key of the last row that was looked at, as text; null at the beginning';
comment on column waymark.reseal_progress.started_at is
  'machine time; what was hashed before the first of these of a key may be under an older one';

alter table waymark.reseal_progress enable row level security;
alter table waymark.reseal_progress force row level security;
create policy set_up on waymark.reseal_progress to waymark_owner using (true) with check (true);

-- which key made the hash is told by when it was made, give or take one run
alter table waymark.unsafe_address add column made_at timestamptz not null default clock_timestamp();
comment on column waymark.unsafe_address.made_at is
  'the database''s own clock, for telling which key made the hash; of rows older than this column, when it was added';

-- Hashes of one number by two keys differ, so that rows cannot be matched with each other while a look-up key is replaced,
-- and those whose number is not kept are never renewed. The caller opens the number and asks by all keys.
create function waymark.gate_by_all_keys(p_persons uuid[], p_number_keys bytea[])
  returns table (person_id uuid, stopped boolean, suspect boolean)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with asked as (
    select p.id, p.force_id, n.number_key, link.account_id
      from unnest(p_persons, p_number_keys) as n(person, number_key)
      join waymark.person p on p.id = n.person
      left join waymark.account_person link on link.person_id = p.id and link.ended_at is null
     where p.force_id = waymark.ctx_force() and waymark.ctx_kind() in ('worker', 'system')
  )
  select asked.id,
         bool_or(exists (select 1 from waymark.person other
                          where other.mobile_key = asked.number_key and other.force_id = asked.force_id
                            and other.texts_stopped_at is not null and other.merged_into is null and not other.deceased)
                 or exists (select 1 from waymark.account a
                              join waymark.account_person l on l.account_id = a.id and l.ended_at is null
                              join waymark.person other on other.id = l.person_id and other.force_id = asked.force_id
                             where a.number_key = asked.number_key and a.retired_at is null
                               and other.texts_stopped_at is not null and other.merged_into is null and not other.deceased)),
         bool_or(exists (select 1 from waymark.account_person beside
                           join waymark.participant pa on pa.person_id = beside.person_id and not pa.removed
                           join waymark.suspect_number s on s.case_id = pa.case_id and not s.taken_back
                          where beside.account_id = asked.account_id and beside.ended_at is null
                            and s.number_key = asked.number_key))
    from asked group by asked.id
$$;
alter function waymark.gate_by_all_keys(uuid[], bytea[]) owner to waymark_gate;
revoke all on function waymark.gate_by_all_keys(uuid[], bytea[]) from public;
grant execute on function waymark.gate_by_all_keys(uuid[], bytea[]) to waymark_app;
comment on function waymark.gate_by_all_keys(uuid[], bytea[]) is
  'For a worker''s or system''s own force: of each person with each keyed hash of the number that they would be written to on, whether '
  'somebody of the force texted STOP from it, and whether it is held for a suspect of anybody who shares the account.';
