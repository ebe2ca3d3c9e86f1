create table polling (
    feed     varchar primary key,
    place    varchar not null,
    etag     varchar
);
