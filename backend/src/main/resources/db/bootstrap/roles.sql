-- Run once in a cluster by its administrator, before the first start (docs/operate.md).
-- :placeholders are replaced by the caller; nothing here is a secret.
--
-- waymark_owner       owns every table and runs the migrations; the application never logs in as it
-- waymark_gate        cannot log in; owns the few functions that look up by keyed hash before anyone is known
-- waymark_app         the application's login; row-level security applies to it
-- waymark_dispatcher  the login that sends messages; has rights on the schema `notifications` only
create role waymark_owner login nosuperuser nocreaterole nobypassrls password ':owner_password';
create role waymark_gate nologin nosuperuser nobypassrls;
create role waymark_app login nosuperuser nocreaterole nobypassrls password ':app_password';
create role waymark_dispatcher login nosuperuser nocreaterole nobypassrls password ':dispatcher_password';
grant waymark_gate to waymark_owner;
