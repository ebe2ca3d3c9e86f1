-- Which process does a kind of periodic work now, or did it last. The columns are those of ShedLock
-- (https://github.com/lukas-krecan/ShedLock#jdbctemplate), which fills in the time of the database.
create table cluster_lock (
    name       varchar(64) primary key,
    lock_until timestamp(3) not null,
    locked_at  timestamp(3) not null,
    locked_by  varchar(255) not null
);

-- Jobs that wait for something elsewhere of which nobody told anything: how often the service was asked, and when it is
-- asked next. "given_up" says why nothing more is expected, until people see it.
create table pending_work (
    job_id   varchar(36) primary key,
    asked    integer                  not null,
    asked_at timestamp with time zone not null,
    ask_at   timestamp with time zone not null,
    given_up varchar
);

-- How far a kind of cleaning got among the deliveries, whose ids sort by time.
create table retention (
    kind       varchar primary key,
    done_until varchar(36) not null
);
create index notice_by_delivery on notice (delivery_id);
