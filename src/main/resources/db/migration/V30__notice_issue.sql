-- The number of the issue that a notice opened, where later ones go on.
alter table notice add column issue integer;
