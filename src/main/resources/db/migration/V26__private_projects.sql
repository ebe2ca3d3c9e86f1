-- The projects of which a forge said last that they are private. What is known of them is told to operators only.
create table private_project (
    key_name varchar primary key,
    told_at  timestamp with time zone not null
);

insert into private_project (key_name, told_at)
select project, max(received_at) from delivery
where project is not null and (event like '%"visibility":"private"%' or reason = 'private-repository')
group by project;
