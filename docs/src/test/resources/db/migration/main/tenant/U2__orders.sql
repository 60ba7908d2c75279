drop sequence orders_seq;
drop table orders;
