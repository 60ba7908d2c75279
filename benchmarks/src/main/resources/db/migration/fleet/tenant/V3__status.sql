create table status (
    code varchar(20) primary key,
    label varchar(100) not null
);
insert into status (code, label) values
    ('NEW', 'new'), ('PAID', 'paid'), ('SENT', 'sent'), ('DONE', 'done'), ('CANCELLED', 'cancelled');
alter table purchase add column status varchar(20) not null default 'NEW' references status;
