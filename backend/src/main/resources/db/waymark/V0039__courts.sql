-- What a force knows of the courts that its people go to, from its own file: nobody is sent to a door that somebody guessed.
create table waymark.court (
  force_id uuid not null references waymark.force,
  ou_code text not null check (ou_code ~ '^[A-Z0-9]{3,10}$'),
  name_en text not null,
  name_cy text,
  also text[] not null,
  name_keys text[] not null,
  address text,
  entrance_en text,
  entrance_cy text,
  map text,
  travel_en text,
  travel_cy text,
  phone text,
  primary key (force_id, ou_code)
);
comment on table waymark.court is 'The courts that a force''s people go to, as its file describes them. Public reference data, no personal data.';
comment on column waymark.court.ou_code is 'organisation unit code, as lists and schedules have it';
comment on column waymark.court.also is 'other names by which sources call it';
comment on column waymark.court.name_keys is 'all its names in small letters and without punctuation, for whoever gives no code';
comment on column waymark.court.phone is 'E.164, or a short number';
alter table waymark.court enable row level security;
alter table waymark.court force row level security;
create policy set_up on waymark.court to waymark_owner using (true) with check (true);
create policy own_force on waymark.court for select to waymark_app
  using (force_id = (select waymark.ctx_force()) or (select waymark.ctx_kind()) = 'person');
grant select on waymark.court to waymark_app;
