-- Backing up is a permission of its own: whoever has a backup has everything. What an import's profile was last read
-- into, so that its rules are decided between imports as an import decides them. And with whose permissions its scope
-- was narrowed: repeating it removes nobody whom they could not have removed.

insert into role_permission (role_id, permission)
select id, 'BACKUP' from role where name_key = 'administrator' and built_in = true;

alter table import_profile add column mirror_id bigint references mirror on delete set null;
alter table import_profile add column scope_power varchar(1000);
