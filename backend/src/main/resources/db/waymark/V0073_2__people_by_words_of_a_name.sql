-- Staff find people by whole words of a name. The name stays sealed: what is kept beside is a keyed hash of each word, of each force by
-- itself, so that a copy of the database tells neither a name nor that two forces know the same one.
create table waymark.person_word (
  force_id uuid not null references waymark.force,
  word_key bytea not null,
  person_id uuid not null references waymark.person on delete cascade,
  key_version int not null,
  primary key (force_id, word_key, person_id)
);
comment on table waymark.person_word is 'By which whole words of a name a person is found. Made from person.details, and made anew whenever that changes.';
comment on column waymark.person_word.word_key is 'keyed hash of the force and of one word in small letters, without accents';
comment on column waymark.person_word.key_version is 'by which key';
create index person_word_of_person on waymark.person_word (person_id);
comment on index waymark.person_word_of_person is 'the words of one person, which go when they are made anew';

alter table waymark.person add column words_version int;
comment on column waymark.person.words_version is 'by which key the words of the name were hashed; null: not yet, which the application sees to by itself';

alter table waymark.person_word enable row level security;
alter table waymark.person_word force row level security;
create policy own_force on waymark.person_word to waymark_app
  using (force_id = (select waymark.ctx_force())) with check (force_id = (select waymark.ctx_force()));
grant select, insert, delete on waymark.person_word to waymark_app;
