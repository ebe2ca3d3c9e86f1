-- What a job is about, where its delivery is about something else: a build that was tagged may ask for work on other packages.
alter table job add column own_event varchar;
