-- The side tag of Koji that packages of a group are built in together, for each branch of dist-git. Without a name it was
-- asked for, and Koji's answer is not known: it may have made one with a greater number than all that were there before.
create table side_tag (
    tag_group varchar not null,
    branch varchar not null,
    name varchar,
    newest_before bigint not null,
    primary key (tag_group, branch)
);
create unique index side_tag_by_name on side_tag (name);
