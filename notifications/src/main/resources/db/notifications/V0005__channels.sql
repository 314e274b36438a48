-- A message may go by more than one channel: by the next one only after the provider of the one before has refused it.
alter table notifications.message add column refused text[] not null default '{}';
comment on column notifications.message.refused is
    'Channels whose provider is known not to have taken the message and will not be asked again.';
