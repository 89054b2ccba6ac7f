-- Names that a person or group is looked for by, besides user names and display names: without a key of their own each
-- look reads a whole table.

alter table directory_user add column upn_key varchar(12000);     -- lower-cased user principal name
alter table directory_user add column former_key varchar(12000);  -- the user name given up: of REMOVED people
update directory_user set upn_key = lower(user_principal_name) where user_principal_name is not null;
update directory_user set former_key = lower(username) where username_key is null;
create index directory_user_upn on directory_user (upn_key);
create index directory_user_former on directory_user (former_key);

alter table directory_group add column mail_key varchar(12000);   -- lower-cased mail address
update directory_group set mail_key = lower(mail) where mail is not null;
create index directory_group_mail on directory_group (mail_key);
