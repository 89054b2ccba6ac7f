-- What they held stands in the lists by now.
drop table if exists mirror_member;
drop table if exists directory_member;
