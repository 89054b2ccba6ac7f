-- Which runs changed the directory, and in which order: only the newest can be undone. And what a run that a guard stopped
-- was planned from, so that its change set can still be applied as long as that is the same.

alter table run add column revision bigint;        -- of the directory once the run was applied; null: it changed nothing
alter table run add column kept varchar(1000000);  -- STOPPED: JSON, what it was planned from; null: not to be applied any more
create index run_revision on run (tenant_id, revision);

update run set revision = base_revision + 1
where state = 'SUCCEEDED' and base_revision is not null and kind in ('IMPORT', 'REFRESH')
and exists (select 1 from run_change c where c.run_id = run.id and c.kind not in ('SKIP', 'CONFLICT'));
