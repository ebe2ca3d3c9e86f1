-- What people paused: a handler, a source or a project. A row is there as long as the pause lasts.
create table pause (
    kind      varchar(16)              not null,
    name      varchar                  not null,
    paused_at timestamp with time zone not null,
    paused_by varchar                  not null,
    note      varchar,
    primary key (kind, name)
);

-- what people do is not only about a delivery or a job any more
alter table admin_action alter column subject set data type varchar;
