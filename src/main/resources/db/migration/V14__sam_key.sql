-- Account names of Active Directory mean the same in any letter case: without a key of their own, whoever signs in by one that
-- is spelled otherwise makes the whole table be read.

alter table directory_user add column sam_key varchar(12000);     -- lower-cased account name of Active Directory
update directory_user set sam_key = lower(on_premises_sam_account_name) where on_premises_sam_account_name is not null;
create index directory_user_sam_key on directory_user (sam_key);

-- Runs of the last weeks, those that a killed program left running, and how many there are apart from previews.
create index run_started on run (started_at);
create index run_state on run (state);
create index run_kind on run (kind);
