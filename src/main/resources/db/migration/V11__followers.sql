-- Jobs that need a target of another job first. Runs unchanged on H2 (MODE=PostgreSQL) and PostgreSQL.

alter table job add column build_id varchar(36);
alter table job add column build_target varchar;
-- the job or delivery that ended the wait, and so sends the one message
alter table job add column released_by varchar(36);
create index job_by_build on job (build_id, state);
