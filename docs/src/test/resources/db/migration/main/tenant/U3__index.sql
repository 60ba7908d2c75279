drop index orders_what;
