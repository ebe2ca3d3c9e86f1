-- Which process does a kind of periodic work now, or did it last. The columns are those of ShedLock
-- (https://github.com/lukas-krecan/ShedLock#jdbctemplate), which fills in the time of the database.
create table cluster_lock (
    name       varchar(64) primary key,
    lock_until timestamp(3) not null,
    locked_at  timestamp(3) not null,
    locked_by  varchar(255) not null
);
