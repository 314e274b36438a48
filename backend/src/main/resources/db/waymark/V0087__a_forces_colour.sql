-- What the pages of a force's own people and staff are coloured with, beside its name.
alter table waymark.force add column colour text check (colour ~ '^#[0-9a-f]{6}$');
comment on column waymark.force.colour is
  'of the band at the top of its pages, which has white letters on it; null for ours. force add sees that it is dark enough';

create function waymark.gate_force_looks()
  returns table (force_code text, name_en text, name_cy text, colour text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select code, name_en, name_cy, colour from waymark.force order by code
$$;
alter function waymark.gate_force_looks() owner to waymark_gate;
revoke all on function waymark.gate_force_looks() from public;
grant execute on function waymark.gate_force_looks() to waymark_app;
comment on function waymark.gate_force_looks() is 'names and colours of forces for the top of a page; nothing in it is a secret';
