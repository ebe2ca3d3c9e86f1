-- When a forge last showed something of a place, so that it is not told of every step.
alter table outbox add column last_sent_at timestamp with time zone;
