-- The issues in which it was told what failed for a package of dist-git, each with the job that it is about.
create table package_issue (
    forge varchar(32) not null,
    repository varchar(512) not null,
    issue integer not null,
    job_id varchar(36) not null,
    primary key (forge, repository, issue)
);
create index package_issue_job on package_issue (job_id);
