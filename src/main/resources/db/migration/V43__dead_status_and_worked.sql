-- Reports that the broker gave up on. The ids sort by time; the version is that of the wish nobody could show.
create table dead_status (
    id          varchar(36) primary key,
    outbox_id   varchar(36)              not null,
    version     integer                  not null,
    given_up_at timestamp with time zone not null,
    -- whether the broker was told that nobody has to do anything about it any more
    settled     boolean                  not null
);
create index dead_status_by_place on dead_status (outbox_id);

-- whether any job ever came of an installation; jobs are forgotten after a while
alter table installation add column worked boolean default false not null;
