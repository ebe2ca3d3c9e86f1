-- What a person searches by. A project's deliveries are found by its own index, so that a pull request needs none.
alter table delivery add column commit_id varchar;
alter table delivery add column pull_request integer;
create index delivery_by_commit on delivery (commit_id, id);
