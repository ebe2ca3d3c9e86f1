-- What a source of releases told last; the lists hold versions with commas between them, the oldest first.
create table active_releases (
    source           varchar primary key,
    fedora_stable    varchar not null,
    fedora_branched  varchar not null,
    epel             varchar not null,
    told_at          timestamp with time zone not null
);
