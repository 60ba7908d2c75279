package dev.regista.neo4j;

/** How the connections to a Neo4j server are encrypted. */
public enum Encryption {
    /** Not at all, as {@code bolt://} and {@code neo4j://} have it. */
    NONE,
    /**
     * With TLS; the server's certificate must be for its host name, and signed by an authority that the system trusts, or
     * be in the {@linkplain Neo4jDatabaseBuilder#certificateFile certificate file}. As {@code bolt+s://} and
     * {@code neo4j+s://} have it.
     */
    VERIFIED,
    /**
     * With TLS, whatever the server's certificate is: safe from those who listen, not from those who pretend to be the
     * server. As {@code bolt+ssc://} and {@code neo4j+ssc://} have it.
     */
    UNVERIFIED
}
