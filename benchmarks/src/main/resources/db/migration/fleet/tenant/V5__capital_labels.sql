update status set label = upper(left(label, 1)) || substr(label, 2);
alter table customer add column newsletter boolean not null default false;
