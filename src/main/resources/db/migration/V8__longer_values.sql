-- Columns as wide as the longest values that are taken from Entra (DirectoryField.longest), and what is derived from them.

alter table mirror_user alter column display_name set data type varchar(4000);
alter table mirror_user alter column given_name set data type varchar(4000);
alter table mirror_user alter column surname set data type varchar(4000);
alter table mirror_user alter column job_title set data type varchar(4000);
alter table mirror_user alter column department set data type varchar(4000);
alter table mirror_user alter column company_name set data type varchar(4000);
alter table mirror_user alter column employee_id set data type varchar(4000);
alter table mirror_user alter column office_location set data type varchar(4000);
alter table mirror_user alter column mobile_phone set data type varchar(4000);
alter table mirror_user alter column business_phones set data type varchar(4000);
alter table mirror_user alter column usage_location set data type varchar(4000);
alter table mirror_user alter column preferred_language set data type varchar(4000);
alter table mirror_user alter column user_type set data type varchar(4000);
alter table mirror_user alter column external_user_state set data type varchar(4000);
alter table directory_user alter column display_name set data type varchar(4000);
alter table directory_user alter column given_name set data type varchar(4000);
alter table directory_user alter column surname set data type varchar(4000);
alter table directory_user alter column job_title set data type varchar(4000);
alter table directory_user alter column department set data type varchar(4000);
alter table directory_user alter column company_name set data type varchar(4000);
alter table directory_user alter column employee_id set data type varchar(4000);
alter table directory_user alter column office_location set data type varchar(4000);
alter table directory_user alter column mobile_phone set data type varchar(4000);
alter table directory_user alter column business_phones set data type varchar(4000);
alter table directory_user alter column usage_location set data type varchar(4000);
alter table directory_user alter column preferred_language set data type varchar(4000);
alter table directory_user alter column user_type set data type varchar(4000);
alter table directory_user alter column external_user_state set data type varchar(4000);
alter table mirror_group alter column display_name set data type varchar(4000);
alter table mirror_group alter column mail set data type varchar(4000);
alter table mirror_group alter column mail_nickname set data type varchar(4000);
alter table mirror_group alter column group_types set data type varchar(4000);
alter table mirror_group alter column visibility set data type varchar(4000);
alter table directory_group alter column display_name set data type varchar(4000);
alter table directory_group alter column mail set data type varchar(4000);
alter table directory_group alter column mail_nickname set data type varchar(4000);
alter table directory_group alter column group_types set data type varchar(4000);
alter table directory_group alter column visibility set data type varchar(4000);

-- Lower case can be longer than what it comes from.
alter table directory_user alter column username_key set data type varchar(4000);

-- Names of people and groups, for people to read.
alter table run_change alter column name set data type varchar(4000);
alter table role_rule alter column group_name set data type varchar(4000);
alter table audit_event alter column object_name set data type varchar(4000);
alter table tenant alter column organization set data type varchar(4000);

-- Words of errors, which may hold names of hosts and groups.
alter table mirror alter column mfa_state set data type varchar(10000);
alter table schedule alter column state_reason set data type varchar(10000);
