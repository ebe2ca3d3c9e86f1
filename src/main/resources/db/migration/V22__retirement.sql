-- Installations that never led to anything, and what was done about it: first a warning, later an end.
create table retirement (
    installation_id bigint primary key,
    events          bigint                   not null,
    found_at        timestamp with time zone not null,
    warned_at       timestamp with time zone,
    warning         varchar,
    done_at         timestamp with time zone,
    action          varchar,
    detail          varchar
);
