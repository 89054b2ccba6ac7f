-- Descriptions of the built-in roles that fit in one line.

update role set description = 'Imports and schedules; changes no roles' where name_key = 'operator' and built_in = true;
update role set description = 'Their own profile only; the default for imported people' where name_key = 'user' and built_in = true;
