-- What people search by, so that each search reads about as many rows as it shows, of a million deliveries too. Columns behind
-- the id are there to be compared without a look at the table: a project may have a hundred thousand deliveries.
-- A project, a pull request and an outcome become known in the same moment, so that this costs no writes.
drop index delivery_by_project;
create index delivery_by_project on delivery (project, id, pull_request, outcome);

drop index delivery_by_outcome;
create index delivery_by_outcome on delivery (outcome, id, source);

-- people have the key alone; senders that hardly send are asked for as well
drop index delivery_by_key;
create index delivery_by_key on delivery (delivery_key);
create index delivery_by_source on delivery (source, id);

create index job_by_handler on job (handler, id);

-- what dead letters are asked for by; all of it is stored when a job ends
drop index job_by_outcome;
create index job_by_outcome on job (outcome, id, handler, reason, ended_at, delivery_id);
