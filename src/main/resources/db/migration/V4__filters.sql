-- The newest head of each pull request that a delivery told, so that what waited knows whether it is too late.
create table pull_request_head (
    project     varchar                  not null,
    number      integer                  not null,
    commit_id   varchar                  not null,
    occurred_at timestamp with time zone not null,
    primary key (project, number)
);

-- Who was told what, so that nobody is told twice; the delivery that may tell it.
create table notice (
    notice_key  varchar primary key,
    delivery_id varchar(36)              not null,
    created_at  timestamp with time zone not null
);
