package dev.regista.sql;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;

/** A model with what most have: a generated id, a version, a unique column and a collection. */
@Entity
class Book {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "book_ids")
    @SequenceGenerator(name = "book_ids", sequenceName = "book_ids", allocationSize = 50)
    Long id;

    @Column(unique = true)
    String title;

    int sold;

    @Version
    int version;

    @OneToMany(mappedBy = "book", cascade = CascadeType.ALL)
    List<Review> reviews = new ArrayList<>();

    Book() {}

    Book(String title) {
        this.title = title;
    }

    static long count(org.hibernate.SharedSessionContract session) {
        return session.createSelectionQuery("select count(*) from Book", Long.class)
                .getSingleResult();
    }
}
