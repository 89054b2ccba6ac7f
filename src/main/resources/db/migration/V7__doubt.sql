-- What a read was not sure of and asked again, for its evidence. Of the newest read of each mirror.
create table read_note (
    mirror_id bigint not null references mirror on delete cascade,
    seq int not null,
    stream varchar(30) not null,
    object_id uuid,                                -- whom it is about, null: nobody in particular
    asked varchar(1000) not null,
    came varchar(1000) not null,
    attention boolean not null,                    -- settled by keeping what was known: somebody has to look at it
    primary key (mirror_id, seq)
);

-- What the last usable MFA report of a tenant said, of everybody in it: whoever comes into scope later was in it, too.
create table mfa_state (
    tenant_id bigint not null references tenant on delete cascade,
    object_id uuid not null,
    mfa varchar(20) not null,                      -- REGISTERED, NOT_REGISTERED
    primary key (tenant_id, object_id)
);
insert into mfa_state (tenant_id, object_id, mfa)
select mirror.tenant_id, mirror_user.object_id, max(mirror_user.mfa)
from mirror_user join mirror on mirror.id = mirror_user.mirror_id
where mirror_user.mfa is not null
group by mirror.tenant_id, mirror_user.object_id;

alter table mirror add column full_read_at timestamp with time zone;    -- when everything was read last
alter table mirror add column full_generation int default -1 not null;  -- the generation whose full read came to its end
alter table mirror add column mfa_known_at timestamp with time zone;    -- when the MFA report was usable last
update mirror set full_read_at = completed_at, full_generation = generation where complete;
update mirror set mfa_known_at = mfa_read_at where mfa_state = 'AVAILABLE';
