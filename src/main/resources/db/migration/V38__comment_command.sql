-- What each comment commanded, on forges that do not tell what a comment was before it was edited; one row for each delivery.
create table comment_command (
    comment_key varchar     not null,
    delivery_id varchar(36) not null,
    command_key varchar(36) not null,
    primary key (comment_key, delivery_id)
);
create index comment_command_by_delivery on comment_command (delivery_id);
