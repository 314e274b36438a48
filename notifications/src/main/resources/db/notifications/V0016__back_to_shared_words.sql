-- A tenant goes back from its own words to those that all share: one more version, which says so, and keeps what was before.
alter table notifications.template add column back_to_shared boolean not null default false;
alter table notifications.template add constraint template_back_of_a_tenant check (tenant is not null or not back_to_shared);
comment on column notifications.template.back_to_shared is
    'From this version on the tenant says what all share, whatever that becomes; wording is what it was at that time.';
