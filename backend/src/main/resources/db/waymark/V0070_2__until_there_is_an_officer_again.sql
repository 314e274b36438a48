-- A conversation that went to the unit because its officer left goes to the next one.
alter table waymark.conversation add column awaits_officer boolean not null default false;
comment on column waymark.conversation.awaits_officer is
  'the officer in the case left and nobody took their place: it goes to the unit until somebody does, unless staff hand it on meanwhile';
