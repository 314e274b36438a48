-- Numbers reported for a suspect in error: they count no longer, and again if the retraction is itself taken back.
alter table waymark.suspect_number add column taken_back boolean not null default false;
comment on column waymark.suspect_number.taken_back is 'its event was retracted: whoever has the number is kept out no longer';
drop policy gate_reads on waymark.suspect_number;
create policy gate_reads on waymark.suspect_number for select to waymark_gate using (not taken_back);
