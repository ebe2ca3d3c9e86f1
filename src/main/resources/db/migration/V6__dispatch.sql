-- Who waits, who was active, who runs. Runs unchanged on H2 (MODE=PostgreSQL) and PostgreSQL.

alter table job add column project varchar;
alter table job add column pull_request integer;
-- covers the count of what waits; its part with state = 'QUEUED' is as long as the backlog
create index job_open on job (state, project, pull_request, priority);

-- how many jobs a namespace asked for on a day (UTC)
create table activity (
    namespace varchar not null,
    active_on date    not null,
    jobs      integer not null,
    primary key (namespace, active_on)
);

-- jobs that are worked on, where their number is limited; a row whose time is over counts no more
create table running_job (
    job_id    varchar(36) primary key,
    namespace varchar                  not null,
    project   varchar                  not null,
    ends_at   timestamp with time zone not null
);
