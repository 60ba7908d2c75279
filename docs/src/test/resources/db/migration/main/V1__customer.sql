create table customer (
    id bigint primary key,
    name varchar(255),
    visits integer not null
);
create sequence customer_seq start with 1 increment by 50;
