-- The object id of the application registration that Rollcall made and gave this certificate to; null: somebody else did.
alter table credential add column application_id varchar(36);
-- The id of its key there.
alter table credential add column key_id varchar(36);
