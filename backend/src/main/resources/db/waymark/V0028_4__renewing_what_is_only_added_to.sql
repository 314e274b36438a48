-- What the application may only add to, the command that replaces keys must be able to seal anew; the owner alone can take
-- on waymark_gate.
create policy gate_renews on waymark.contact_version to waymark_gate using (true) with check (true);
grant select, update (reason, shown) on waymark.contact_version to waymark_gate;
create policy gate_renews on waymark.access_reason to waymark_gate using (true) with check (true);
grant select, update (words) on waymark.access_reason to waymark_gate;
