package dev.regista.cli;

import dev.regista.sql.tenancy.TenantModel;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An application in two versions. */
final class Models {
    private Models() {}

    @Entity(name = "Book")
    @Table(name = "book")
    static class Book {
        @Id
        @GeneratedValue
        Long id;

        @Column(length = 80)
        String title;
    }

    @Entity(name = "Book")
    @Table(name = "book")
    static class RenamedBook {
        @Id
        @GeneratedValue
        Long id;

        @Column(name = "full_title", length = 80)
        String title;
    }

    @Entity(name = "Loan")
    @Table(name = "loan")
    @TenantModel
    static class Loan {
        @Id
        @GeneratedValue
        Long id;
    }
}
