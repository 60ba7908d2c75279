package dev.regista.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.sql.reference.Ref;
import dev.regista.testing.LeakChecker;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** References to models with every type of id, on every product. */
@ParameterizedClass
@EnumSource
@ExtendWith(LeakChecker.class)
class RefColumnsIT {
    @Entity(name = "ByLong")
    static class ByLong {
        @Id
        Long id;
    }

    @Entity(name = "ByInteger")
    static class ByInteger {
        @Id
        Integer id;
    }

    @Entity(name = "ByString")
    static class ByString {
        @Id
        String id;
    }

    @Entity(name = "ByUuid")
    static class ByUuid {
        @Id
        UUID id;
    }

    @Entity(name = "Links")
    static class Links {
        @Id
        int id = 1;

        Ref<ByLong> toLong = Ref.of(ByLong.class, Long.MAX_VALUE);
        Ref<ByInteger> toInteger = Ref.of(ByInteger.class, 7);
        Ref<ByString> toString = Ref.of(ByString.class, "Ğ7");
        Ref<ByUuid> toUuid = Ref.of(ByUuid.class, new UUID(1, 2));
        Ref<ByUuid> toNothing;
    }

    @Parameter
    Store store;

    @Test
    void everyTypeOfIdIsWrittenReadAndCompared() {
        try (Store.Fresh fresh = store.fresh()) {
            SqlDatabase database =
                    fresh.at().models(Links.class).createTables(true).build("main");
            database.connect();
            Links written = new Links();
            database.run(session -> session.persist(written));

            Links read = database.read(session -> session.find(Links.class, 1));
            List<Integer> found = database.read(session -> session.createSelectionQuery(
                            "select id from Links where toLong = :a and toInteger = :b and toString = :c and toUuid = :d"
                                    + " and toNothing is null",
                            Integer.class)
                    .setParameter("a", written.toLong)
                    .setParameter("b", written.toInteger)
                    .setParameter("c", written.toString)
                    .setParameter("d", written.toUuid)
                    .getResultList());
            database.disconnect();

            assertThat(read).usingRecursiveComparison().isEqualTo(written);
            assertThat(found).containsExactly(1);
        }
    }
}
