-- Whoever signs in is read anew from Entra first, so that what they may do is what Entra says now and not at the last import.
alter table auth_settings add column refresh_at_sign_in boolean default true not null;
