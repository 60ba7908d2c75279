alter table product add column stock int not null default 0;
create index purchase_open on purchase (placed) where status in ('NEW', 'PAID');
