-- until when a remote call of which nobody learned what came of it may still have its effect
alter table job add column effect_until timestamp with time zone;
