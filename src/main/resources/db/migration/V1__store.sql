-- Runs unchanged on H2 (MODE=PostgreSQL) and PostgreSQL. "varchar" has no limit on either; "text" would be a large object on H2.
-- Columns named "steps" hold JSON arrays one after another, so that a story grows by concatenation, without a read.

create table delivery (
    id           varchar(36) primary key,
    source       varchar                  not null,
    delivery_key varchar                  not null,
    dedup_key    varchar unique,
    duplicate_of varchar(36),
    event_name   varchar                  not null,
    received_at  timestamp with time zone not null,
    headers      varchar                  not null,
    body         bytea,
    outcome      varchar                  not null,
    reason       varchar,
    detail       varchar,
    event_type   varchar,
    event        varchar,
    project      varchar,
    steps        varchar                  not null,
    decided_at   timestamp with time zone
);
create index delivery_newest on delivery (received_at desc, id desc);
create index delivery_by_project on delivery (project, received_at desc, id desc);
create index delivery_by_outcome on delivery (outcome, received_at desc, id desc);
create index delivery_by_key on delivery (source, delivery_key);

create table job (
    id               varchar(36) primary key,
    delivery_id      varchar(36)              not null references delivery (id),
    seq              integer                  not null,
    handler          varchar                  not null,
    trigger_name     varchar                  not null,
    package_name     varchar,
    targets          varchar                  not null,
    arguments        varchar                  not null,
    priority         integer                  not null,
    priority_reasons varchar                  not null,
    state            varchar                  not null,
    outcome          varchar,
    detail           varchar,
    attempts         integer                  not null,
    intended_at      timestamp with time zone,
    external_id      varchar,
    links            varchar,
    steps            varchar                  not null,
    queued_at        timestamp with time zone not null,
    started_at       timestamp with time zone,
    ended_at         timestamp with time zone,
    unique (delivery_id, seq),
    unique (handler, external_id)
);
create index job_newest on job (queued_at desc, id desc);

create table job_target (
    job_id     varchar(36)              not null,
    target     varchar                  not null,
    state      varchar                  not null,
    updated_at timestamp with time zone not null,
    primary key (job_id, target)
);

create table outbox (
    id              varchar(36) primary key,
    kind            varchar                  not null,
    forge           varchar                  not null,
    project         varchar                  not null,
    target          varchar                  not null,
    place           varchar                  not null,
    name            varchar                  not null,
    content         varchar                  not null,
    state_rank      integer                  not null,
    generation      timestamp with time zone not null,
    delivery_id     varchar(36)              not null,
    job_id          varchar(36),
    wanted          integer                  not null,
    first_version   integer                  not null,
    sent            integer                  not null,
    claimed_version integer                  not null,
    claimed_until   timestamp with time zone,
    claims          integer                  not null,
    external_id     varchar,
    attempts        integer                  not null,
    last_error      varchar,
    steps           varchar                  not null,
    created_at      timestamp with time zone not null,
    first_sent_at   timestamp with time zone
);
create index outbox_by_delivery on outbox (delivery_id);

create table allowlist (
    key_name   varchar primary key,
    status     varchar                  not null,
    note       varchar,
    changed_at timestamp with time zone not null
);
