-- Since when somebody is REMOVED; null: they are not, or nobody noted it.
alter table directory_user add column removed_at timestamp with time zone;
update directory_user set removed_at = coalesce(
    (select r.ended_at from run r where r.id = directory_user.last_run_id), changed_at) where status = 'REMOVED';
create index directory_user_removed on directory_user (removed_at);
