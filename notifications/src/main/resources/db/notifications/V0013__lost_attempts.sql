-- What else may have brought a message that the provider has is looked for among all that is unknown, for each that is asked
-- about. A message becomes unknown seldom, and this tells nothing of any that does not.
create index message_lost on notifications.message (attempt_id) where state = 'unknown';
comment on index notifications.message_lost is
    'Unknown messages by their latest attempt, whose id is the moment it was started: those of the last days, given up or not.';
