-- How forges spell projects whose names are not all in lower case, for people who write them otherwise: GitHub, GitLab and
-- Forgejo do not care. All others are found in lower case.
create table project_spelling (
    lower_name varchar not null,
    key_name   varchar not null,
    primary key (lower_name, key_name)
);

insert into project_spelling (lower_name, key_name)
select lower(project), project from delivery where project <> lower(project)
union
select lower(key_name), key_name from project where key_name <> lower(key_name);
