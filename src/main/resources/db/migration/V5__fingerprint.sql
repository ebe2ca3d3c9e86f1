-- What copies have in common whose keys differ: from two hooks of one forge, from a hook and a bus, from a hook and a poll.
alter table delivery add column fingerprint varchar;
create unique index delivery_by_fingerprint on delivery (fingerprint);
