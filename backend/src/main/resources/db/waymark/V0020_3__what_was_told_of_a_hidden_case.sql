-- What was said about a case is a person's to see where the case is: not when it is kept off phones, no longer recorded, or
-- theirs no more. The case is looked for from the person's parts, by index; its own policy decides.
do $$
declare
  t text;
  seen constant text := '(person_id = any ((select waymark.ctx_persons())::uuid[])
    and (case_id is null
         or case_id in (select c.id from waymark.participant p join waymark.case_file c on c.id = p.case_id
                         where p.person_id = any ((select waymark.ctx_persons())::uuid[]) and not p.removed)))';
begin
  foreach t in array array['told', 'answered'] loop
    execute format('drop policy own_words on waymark.%I', t);
    execute format('create policy own_words on waymark.%I for select to waymark_app using %s', t, seen);
  end loop;
  drop policy own_reading on waymark.told;
  execute format('create policy own_reading on waymark.told for update to waymark_app using %s with check %s', seen, seen);
end $$;
