create table orders (
    id bigint primary key,
    what varchar(255),
    customer_id bigint references ${shared}.customer
);
create sequence orders_seq start with 1 increment by 50;
