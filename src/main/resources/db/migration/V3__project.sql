-- What is known of the package config of each project. The counters are of events that found none.
create table project (
    key_name        varchar primary key,
    config_state    varchar                  not null,
    config_path     varchar,
    config_detail   varchar,
    config_commit   varchar                  not null,
    config_at       timestamp with time zone not null,
    last_present_at timestamp with time zone,
    absences        bigint                   not null,
    first_absent_at timestamp with time zone,
    last_absent_at  timestamp with time zone,
    absent_push     varchar,
    looked_for      varchar                  not null
);
create index project_newest on project (config_at desc, key_name desc);

-- the checks of a commit, for running one of them, or all, again
create index outbox_by_place on outbox (project, place);
