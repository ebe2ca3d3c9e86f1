-- From when on, and until when, nothing that a source sent is missing, as far as the source itself tells. "problem" says
-- why it could not be asked last; what was sent between "lost_from" and "lost_until" can no longer be had.
create table completeness (
    source         varchar primary key,
    complete_since timestamp with time zone not null,
    complete_until timestamp with time zone not null,
    looked_at      timestamp with time zone not null,
    problem        varchar,
    lost_from      timestamp with time zone,
    lost_until     timestamp with time zone
);

-- What a source sent and never arrived: "found", and then "recovered", "unwanted" or "lost". "remote_id" is what the
-- source is asked by; "delivery_id" is ours.
create table missed_delivery (
    source       varchar                  not null,
    delivery_key varchar                  not null,
    remote_id    varchar                  not null,
    event_name   varchar                  not null,
    sent_at      timestamp with time zone not null,
    answered     integer                  not null,
    found_at     timestamp with time zone not null,
    state        varchar                  not null,
    delivery_id  varchar(36),
    primary key (source, delivery_key)
);
create index missed_delivery_oldest on missed_delivery (source, state, sent_at);
