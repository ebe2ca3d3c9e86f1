-- What a person searches by. A project's deliveries are found by its own index, so that a pull request needs none.
alter table delivery add column commit_id varchar;
alter table delivery add column pull_request integer;
create index delivery_by_commit on delivery (commit_id, id);

-- What a person did about a delivery or a job that was given up: who says so, and what came of it.
create table admin_action (
    id        varchar(36) primary key,
    action    varchar                  not null,
    subject   varchar(36)              not null,
    successor varchar(36),
    done_by   varchar                  not null,
    note      varchar,
    done_at   timestamp with time zone not null
);
create index admin_action_by_subject on admin_action (subject);
create index job_by_outcome on job (outcome, id);
