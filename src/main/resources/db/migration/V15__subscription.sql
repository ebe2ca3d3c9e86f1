-- Under which name in the configuration somebody wants to know of the event; null for jobs of the project's own.
alter table job add column subscription varchar;
