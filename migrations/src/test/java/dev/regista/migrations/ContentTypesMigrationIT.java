package dev.regista.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.regista.Registry;
import dev.regista.migrations.generate.GeneratorOptions;
import dev.regista.migrations.run.MigrationSettings;
import dev.regista.migrations.run.Target;
import dev.regista.sql.SqlDatabase;
import dev.regista.sql.SqlDatabaseBuilder;
import dev.regista.sql.contenttype.ContentTypes;
import dev.regista.testing.LeakChecker;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A project with rows gets content types by migrations. */
@ExtendWith(LeakChecker.class)
class ContentTypesMigrationIT {
    private static final GeneratorOptions NULL_FOR_NOW =
            GeneratorOptions.builder().nullable(".content_type").build();

    @Entity(name = "Parcel")
    @Table(name = "parcel")
    static class Parcel {
        @Id
        @GeneratedValue
        Long id;
    }

    @TempDir
    Path folder;

    private Registry open(Store.Fresh fresh, UnaryOperator<SqlDatabaseBuilder> more) {
        return Registry.builder()
                .main(more.apply(fresh.at().models(Parcel.class)))
                .open();
    }

    private Migrations migrations(Registry registry) {
        return Migrations.of(
                registry, MigrationSettings.builder().location(folder).build());
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRES", "MARIADB", "SQLITE"})
    void rowsThatAreThereGetOnesInTwoSteps(Store store) throws IOException {
        try (Store.Fresh fresh = store.fresh()) {
            try (Registry registry = open(fresh, main -> main)) {
                Migrations migrations = migrations(registry);
                migrations.generate().version("1").write("parcels");
                migrations.upgrade();
                registry.main(SqlDatabase.class).run(session -> {
                    session.persist(new Parcel());
                    session.persist(new Parcel());
                });
            }
            try (Registry registry = open(fresh, SqlDatabaseBuilder::contentTypes)) {
                Migrations migrations = migrations(registry);
                SqlDatabase main = registry.main(SqlDatabase.class);
                ContentTypes types = ContentTypes.of(main);

                assertThat(migrations
                                .generate()
                                .options(NULL_FOR_NOW)
                                .version("2")
                                .write("content types"))
                        .hasSize(1);
                migrations.upgrade();
                assertThat(types.fill()).isEqualTo(2);
                assertThat(migrations.generate().version("3").write("required")).hasSize(1);
                migrations.upgrade();

                assertThat(migrations.generate().compare()).allMatch(Draft::isEmpty);
                main.run(session -> session.persist(new Parcel()));
                assertThat(types.count()).isEqualTo(3);
                main.run(session ->
                        session.createMutationQuery("delete from ContentType").executeUpdate());
                List<Parcel> left = main.read(session -> session.createSelectionQuery("from Parcel", Parcel.class)
                        .getResultList());
                assertThat(left).isEmpty();
                migrations.downgrade(Target.base());
            }
        }
    }
}
