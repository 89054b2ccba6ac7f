-- A change of somebody's role is noted beside the role, not in their own row, which is twenty times as wide: giving a role
-- to ten thousand people writes a fifth of the pages.

alter table role_assignment add column version int default 0 not null;  -- added to the person's own
alter table role_assignment add column changed_at timestamp with time zone;  -- null: as assigned_at
