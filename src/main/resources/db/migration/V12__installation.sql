-- Installations of the GitHub App, each with its own id; a new one of the same account is another row.
create table installation (
    id           bigint primary key,
    account      varchar                  not null,
    installed_by varchar,
    state        varchar                  not null,
    installed_at timestamp with time zone not null,
    changed_at   timestamp with time zone not null,
    delivery_id  varchar(36)              not null
);
create index installation_by_account on installation (account, id);

-- the repositories of an installation, by the keys of their projects
create table installation_repository (
    installation_id bigint                   not null,
    project         varchar                  not null,
    added_at        timestamp with time zone not null,
    primary key (installation_id, project)
);
create index installation_by_repository on installation_repository (project, installation_id);

-- The issue in which an account is asked who it is; there is one for each, and no number until it is open.
create table approval_issue (
    account     varchar primary key,
    asked       varchar,
    project     varchar                  not null,
    number      integer,
    delivery_id varchar(36)              not null,
    claimed_at  timestamp with time zone not null
);
create index approval_issue_by_place on approval_issue (project, number);
