-- How many people there are of each kind, kept in step by every statement that changes them: counting a million at each
-- look takes seconds.

create table people_count (
    tenant_id bigint not null,                     -- 0: local accounts
    status varchar(20) not null,
    role_id bigint not null,                       -- 0: no role yet
    source varchar(20) not null,                   -- of the role; empty: no role yet
    rule_id bigint not null,                       -- 0: no rule gave the role
    people bigint not null,
    primary key (tenant_id, status, role_id, source, rule_id)
);

insert into people_count (tenant_id, status, role_id, source, rule_id, people)
select kinds.tenant_id, kinds.status, kinds.role_id, kinds.source, kinds.rule_id, count(*)
from (
    select coalesce(u.tenant_id, 0) as tenant_id, u.status as status, coalesce(a.role_id, 0) as role_id,
        coalesce(a.source, '') as source, coalesce(a.rule_id, 0) as rule_id
    from directory_user u left join role_assignment a on a.user_id = u.id
) kinds
group by kinds.tenant_id, kinds.status, kinds.role_id, kinds.source, kinds.rule_id;

create index directory_user_department on directory_user (department);
