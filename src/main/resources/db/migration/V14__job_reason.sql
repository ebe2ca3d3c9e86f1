-- Why a job ended as an error, by what follows from it.
alter table job add column reason varchar;
create index admin_action_newest on admin_action (done_at);
