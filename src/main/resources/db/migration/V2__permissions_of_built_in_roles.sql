-- What the built-in roles permit.

insert into role_permission (role_id, permission)
select role.id, granted.permission
from role
join (values
    ('administrator', 'VIEW_OWN_PROFILE'), ('administrator', 'VIEW_DIRECTORY'), ('administrator', 'EXPORT'),
    ('administrator', 'VIEW_ACTIVITY'), ('administrator', 'IMPORT'), ('administrator', 'MANAGE_SCHEDULES'),
    ('administrator', 'MANAGE_TENANTS'), ('administrator', 'MANAGE_USERS'), ('administrator', 'CHANGE_ROLES'),
    ('administrator', 'MANAGE_ROLES'), ('administrator', 'MANAGE_AUTHENTICATION'),
    ('administrator', 'MANAGE_SETTINGS'),
    ('operator', 'VIEW_OWN_PROFILE'), ('operator', 'VIEW_DIRECTORY'), ('operator', 'EXPORT'),
    ('operator', 'VIEW_ACTIVITY'), ('operator', 'IMPORT'), ('operator', 'MANAGE_SCHEDULES'),
    ('auditor', 'VIEW_OWN_PROFILE'), ('auditor', 'VIEW_DIRECTORY'), ('auditor', 'EXPORT'),
    ('auditor', 'VIEW_ACTIVITY'),
    ('user', 'VIEW_OWN_PROFILE')
) as granted (name_key, permission) on granted.name_key = role.name_key;
