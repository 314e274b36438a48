-- What the unit noted of somebody's own dates is theirs to take along.
create policy own_outcome on waymark.hearing_outcome for select to waymark_app
  using (person_id = any ((select waymark.ctx_persons())::uuid[]));
