drop sequence customer_seq;
drop table customer;
