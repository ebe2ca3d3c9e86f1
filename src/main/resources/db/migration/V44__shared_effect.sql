-- What jobs make elsewhere of which there shall be one: the job that called for it last, and until when that call may have its
-- effect, or when it was over.
create table shared_effect (
    effect_key   varchar(36)              primary key,
    job_id       varchar(36)              not null,
    effect_until timestamp with time zone not null
);
create index shared_effect_by_time on shared_effect (effect_until);
