-- regista: no transaction
create index concurrently orders_what on orders (what);
