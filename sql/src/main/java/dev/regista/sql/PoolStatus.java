package dev.regista.sql;

/**
 * What a connection pool is doing at one moment.
 *
 * @param active connections that units of work hold
 * @param idle connections that are open and free
 * @param waiting threads that wait for a connection
 * @param limit the most connections the pool opens
 */
public record PoolStatus(int active, int idle, int waiting, int limit) {}
