-- Words of a force's own go live with a second person's approval, and can be rolled back: who proposed, approved, withdrew or
-- rolled back what, and when. The words that messages are made with lie in notifications.template.
create table waymark.template_proposal (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  name text not null check (length(name) between 1 and 60),
  texts jsonb not null,
  reason bytea,
  proposed_by text not null,
  by_supervisor boolean not null,
  proposed_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'withdrawn', 'replaced')),
  ended_by text,
  ended_at timestamptz,
  ended_reason bytea,
  check ((state = 'waiting') = (ended_by is null) and (ended_by is null) = (ended_at is null)),
  constraint template_proposal_two_people check (state <> 'approved' or ended_by <> proposed_by)
);
comment on table waymark.template_proposal is
  'Words that somebody of a force would like its messages to have. Nothing is said in them until a second person has approved them.';
comment on column waymark.template_proposal.texts is 'by language and variant; nobody''s personal data';
comment on column waymark.template_proposal.reason is 'sealed: why, in the words of whoever proposed it; null where they gave none';
comment on column waymark.template_proposal.proposed_by is 'the member of staff, as their identity provider names them';
comment on column waymark.template_proposal.by_supervisor is 'an administrator may approve what a supervisor proposed';
comment on column waymark.template_proposal.proposed_at is 'case time';
comment on column waymark.template_proposal.state is 'replaced: somebody has proposed something else meanwhile';
comment on column waymark.template_proposal.ended_by is 'who approved, withdrew or replaced it';
comment on column waymark.template_proposal.ended_at is 'case time';
comment on column waymark.template_proposal.ended_reason is 'sealed: why it was withdrawn';
comment on constraint template_proposal_two_people on waymark.template_proposal is 'whatever the application does: never one person alone';
create unique index template_proposal_one on waymark.template_proposal (force_id, name) where state = 'waiting';
comment on index waymark.template_proposal_one is 'one at a time waits';
create index template_proposal_latest on waymark.template_proposal (force_id, name, proposed_at desc, id desc);
comment on index waymark.template_proposal_latest is 'read with the words';

create table waymark.template_change (
  id uuid primary key,
  force_id uuid not null references waymark.force,
  name text not null check (length(name) between 1 and 60),
  version integer not null check (version >= 1),
  proposal_id uuid references waymark.template_proposal,
  back_to integer,
  reason bytea,
  made_by text not null,
  made_at timestamptz not null,
  unique (force_id, name, version),
  check ((proposal_id is null) <> (back_to is null))
);
comment on table waymark.template_change is
  'How each version of a force''s own words went live: a proposal was approved, or words that were live before came back.';
comment on column waymark.template_change.version is 'of notifications.template';
comment on column waymark.template_change.proposal_id is 'what was approved; null where it was rolled back';
comment on column waymark.template_change.back_to is 'the version whose words came back; 0 for those that all forces share';
comment on column waymark.template_change.reason is 'sealed: why it was rolled back';
comment on column waymark.template_change.made_by is 'who approved or rolled back, as their identity provider names them';
comment on column waymark.template_change.made_at is 'case time';
create index template_change_of_proposal on waymark.template_change (proposal_id) where proposal_id is not null;
comment on index waymark.template_change_of_proposal is 'which version a proposal became';

do $$
declare t text;
begin
  foreach t in array array['template_proposal', 'template_change'] loop
    execute format('alter table waymark.%I enable row level security', t);
    execute format('alter table waymark.%I force row level security', t);
    execute format('create policy own_force on waymark.%I to waymark_app
                      using (force_id = (select waymark.ctx_force()))
                      with check (force_id = (select waymark.ctx_force()))', t);
    execute format('grant select, insert on waymark.%I to waymark_app', t);
  end loop;
end $$;
-- reason: sealed anew where a key is replaced
grant update (reason, state, ended_by, ended_at, ended_reason) on waymark.template_proposal to waymark_app;
grant update (reason) on waymark.template_change to waymark_app;
