-- Memberships as lists: every object of a tenant has a small number, and a group's direct members of one kind are a
-- packed list of ascending numbers, in pieces of a few thousand. Each of these statements may be made again, as H2 keeps
-- what was created even if the migration is killed.

create table if not exists object_number (
    tenant_id bigint not null references tenant on delete cascade,
    number int not null,                           -- from 1, never given twice
    object_id uuid not null,
    primary key (tenant_id, number),
    unique (tenant_id, object_id)
);

create table if not exists mirror_members (
    mirror_id bigint not null references mirror on delete cascade,
    group_id uuid not null,
    generation int not null,                       -- of the full read that met these members, or of the changes after it
    member_type varchar(20) not null,              -- USER, GROUP, DEVICE, SERVICE_PRINCIPAL, CONTACT, UNKNOWN
    piece int not null,
    size int not null,                             -- how many members
    members bytea not null,                        -- their numbers, ascending, as differences of seven bits a byte
    primary key (mirror_id, group_id, generation, member_type, piece)
);
-- Not the primary key: H2 looks a list of pairs up only in an index of just these two.
create index if not exists mirror_members_group on mirror_members (mirror_id, group_id);
create index if not exists mirror_members_type on mirror_members (mirror_id, member_type);
create index if not exists mirror_members_generation on mirror_members (mirror_id, generation);

create table if not exists directory_members (
    tenant_id bigint not null references tenant on delete cascade,
    group_id uuid not null,
    generation int not null,                       -- 0: here there is only one
    member_type varchar(20) not null,
    piece int not null,
    size int not null,
    members bytea not null,
    primary key (tenant_id, group_id, generation, member_type, piece)
);
create index if not exists directory_members_group on directory_members (tenant_id, group_id);
create index if not exists directory_members_type on directory_members (tenant_id, member_type);

-- Changes of memberships of one group that are alike stand in one row. Rows of earlier runs have one member each.
alter table run_change add column if not exists span int default 1 not null;     -- how many changes the row stands for
alter table run_change add column if not exists members bytea;                   -- MEMBER: their numbers, packed
