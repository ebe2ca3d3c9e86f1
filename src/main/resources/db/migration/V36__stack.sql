-- Where the last failure of a delivery or a job happened, for whoever looks at a dead letter.
alter table delivery add column stack varchar;
alter table job add column stack varchar;
