-- Ids sort by time, so that an id alone orders a page and ends it; every index that is not there need not be written.
drop index delivery_newest;
drop index delivery_by_project;
drop index delivery_by_outcome;
drop index job_newest;
create index delivery_by_project on delivery (project, id);
create index delivery_by_outcome on delivery (outcome, id);
-- A target has a row once it has moved.
delete from job_target where state = 'PENDING';
