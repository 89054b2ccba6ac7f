-- A run after which nothing was read and nothing was changed plans what the run before it planned. So each mirror counts how
-- often what is in it was written, and each import keeps what a plan without changes was made from and came to.

alter table mirror add column changes bigint default 0 not null;

create table settled_plan (
    profile_id bigint not null primary key references import_profile on delete cascade,
    run_id bigint not null references run on delete cascade,   -- whose rows in run_change tell what was skipped
    fingerprint varchar(64) not null,              -- SHA-256 of everything that the plan was made from, in hexadecimal digits
    outcome varchar(1000000) not null              -- JSON: counts, guards, administrators
);
create index settled_plan_run on settled_plan (run_id);
