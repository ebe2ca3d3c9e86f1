-- That a sender had switched its webhook off is known until it sends again, whatever went wrong with later looks.
alter table completeness add column switched_off boolean default false not null;
update completeness set switched_off = true where problem like 'GitLab switched the webhook off %';
