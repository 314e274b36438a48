-- Of a case that is restricted only the staff who are named see what was decided, as of its dates and messages.
create policy named_only on waymark.notify_decision as restrictive to waymark_app
  using ((select waymark.ctx_kind()) is distinct from 'staff' or waymark.case_open(case_id)) with check (true);
