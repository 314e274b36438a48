-- Which cases a prosecution's reference stands for: courts know no crime reference.
create table waymark.case_urn (
  case_id uuid not null references waymark.case_file,
  urn_key text not null,
  force_id uuid not null references waymark.force,
  urn text not null,
  primary key (case_id, urn_key)
);
comment on table waymark.case_urn is
  'The URNs of a case, as the fold last saw them. One URN may stand for several crimes, one crime have several URNs.';
comment on column waymark.case_urn.urn_key is 'upper case, no spaces, no slashes: URNs come in many spellings';
comment on column waymark.case_urn.urn is 'as the force wrote it: what a court is asked with';
create index case_urn_by_urn on waymark.case_urn (urn_key, force_id);
comment on index waymark.case_urn_by_urn is 'a court list finds the cases of its URNs';

alter table waymark.case_urn enable row level security;
alter table waymark.case_urn force row level security;
create policy own_force on waymark.case_urn to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
grant select, insert, update, delete on waymark.case_urn to waymark_app;
