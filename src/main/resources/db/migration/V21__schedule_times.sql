-- When a schedule is due, what becomes of runs that were missed, and which run made it wait for a person.
alter table schedule add column at_time varchar(5);                        -- HH:MM in the machine's time zone
alter table schedule add column missed varchar(10) default 'RUN' not null; -- RUN, SKIP
alter table schedule add column read_everything boolean default false not null;
alter table schedule add column stopped_run_id bigint;
