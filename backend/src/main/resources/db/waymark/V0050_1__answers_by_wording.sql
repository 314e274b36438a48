-- Of replies that follow each other within the hour, each is answered that asks for another word: whoever says YES and then HELP
-- is told whom to ring.
alter table waymark.reply_answered add column template text not null default 'reply_received';
alter table waymark.reply_answered alter column template drop default;
alter table waymark.reply_answered drop constraint reply_answered_pkey;
alter table waymark.reply_answered add primary key (person_id, template);
comment on table waymark.reply_answered is
  'When a person''s reply was last answered by itself in these words: two machines that answer each other must come to an end.';
comment on column waymark.reply_answered.template is 'the wording that went';
