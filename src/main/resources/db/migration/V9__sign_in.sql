-- How people sign in, and what holds guesses off.

alter table auth_settings add column entra_tenant_id bigint references tenant on delete set null;  -- null: Entra lets nobody in
alter table auth_settings add column entra_modes varchar(100) default 'BROWSER,DEVICE' not null;  -- in the order of preference
alter table auth_settings add column ad_config varchar(1000000);  -- JSON: servers, base, domain; null: never set up
alter table auth_settings add column ad_bind_password bytea;  -- sealed; null: nobody searches
alter table auth_settings add column idle_minutes int default 15 not null;
alter table auth_settings add column absolute_minutes int default 720 not null;
alter table auth_settings add column break_glass_user_id bigint references directory_user on delete set null;  -- null: the oldest local administrator
alter table auth_settings add column break_glass_used_at timestamp with time zone;

-- A folder that had sign-in with Entra on knew one tenant only.
update auth_settings set entra_tenant_id = (select min(id) from tenant) where entra_enabled = true;

-- A lock is kept as when it began; how long it lasts follows from the number of failures. So a clock that was wrong cannot
-- make it longer than it says.
alter table local_account add column attempted_at timestamp with time zone;
alter table local_account add column must_change boolean default false not null;
alter table local_account drop column locked_until;

-- Wrong passwords over all accounts, as a bucket that leaks.
create table sign_in_pressure (
    id int not null primary key,
    failures double precision default 0 not null,
    attempted_at timestamp with time zone
);
insert into sign_in_pressure (id) values (1);

create index directory_user_sign_in on directory_user (tenant_id, status, mfa, user_type);
create index directory_user_sam on directory_user (on_premises_sam_account_name, status);

-- Names that nobody has are locked like accounts, or a lock would tell who has one. Many names share a row, so that nothing
-- of what was typed is kept.
create table sign_in_unknown (
    bucket int not null primary key,
    failed_attempts int not null,
    attempted_at timestamp with time zone
);
