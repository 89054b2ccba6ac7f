-- A tenant may be disconnected while its people stay. It is in no list then, and its name is free again.

alter table tenant add column removed_at timestamp with time zone;   -- null: connected
