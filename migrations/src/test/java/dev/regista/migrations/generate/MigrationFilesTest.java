package dev.regista.migrations.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationFilesTest {
    @TempDir
    Path directory;

    private static Migration migration(List<String> up, List<String> down) {
        return new Migration(up, down, List.of("It is\nslow"), true, Optional.empty());
    }

    @Test
    void aMigrationIsAPairOfFiles() throws IOException {
        Path folder = directory.resolve("db/main");

        List<Path> files = MigrationFiles.write(
                folder,
                "20260131120000",
                "add the thing",
                migration(
                        List.of("create table thing (\n  id int\n)", "insert into thing values (1)"),
                        List.of("drop table thing")));

        assertThat(files)
                .containsExactly(
                        folder.resolve("V20260131120000__add_the_thing.sql"),
                        folder.resolve("U20260131120000__add_the_thing.sql"));
        assertThat(files.get(0)).hasContent("""
                        -- regista: generated
                        -- It is slow

                        create table thing (
                          id int
                        );

                        insert into thing values (1);
                        """);
        assertThat(files.get(1)).content().endsWith("\n\ndrop table thing;\n");
    }

    @Test
    void whatNeedsNoTransactionIsAPairOfItsOwnThatSaysSo() throws IOException {
        Migration afterwards = new Migration(List.of("vacuum"), List.of(), List.of(), false, Optional.empty());
        Migration migration = new Migration(List.of("select 1"), List.of(), List.of(), true, Optional.of(afterwards));

        List<Path> files = MigrationFiles.write(directory, "0099", "both", migration);

        assertThat(files)
                .extracting(file -> String.valueOf(file.getFileName()))
                .containsExactly(
                        "V0099__both.sql",
                        "U0099__both.sql",
                        "V0100__both_afterwards.sql",
                        "U0100__both_afterwards.sql");
        assertThat(files.get(0)).content().doesNotContain(MigrationFiles.NO_TRANSACTION);
        assertThat(files.get(2)).content().contains(MigrationFiles.NO_TRANSACTION);
    }

    @Test
    void aPairToBeFilledByHandIsNotMarkedAsGenerated() throws IOException {
        List<Path> files = MigrationFiles.writeEmpty(directory, "5", "by hand");

        assertThat(files)
                .containsExactly(directory.resolve("V5__by_hand.sql"), directory.resolve("U5__by_hand.sql"))
                .allSatisfy(file -> assertThat(file).content().doesNotContain(MigrationFiles.GENERATED));
    }

    @Test
    void nothingIsWrittenForNothingAndNothingIsOverwritten() throws IOException {
        assertThat(MigrationFiles.write(directory, "1", "none", migration(List.of(), List.of())))
                .isEmpty();

        Migration some = migration(List.of("select 1"), List.of());
        MigrationFiles.write(directory, "1", "one", some);
        assertThatThrownBy(() -> MigrationFiles.write(directory, "1", "one", some))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> MigrationFiles.write(directory, "x", "one", some))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> MigrationFiles.write(directory, "2", "../one", some))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatGeneratedMigrationsLeaveIsOwned() throws IOException {
        assertThat(MigrationFiles.owned(directory.resolve("none"))).isEmpty();
        write(
                "9",
                "create table book (\n  id int\n)",
                "create table \"Old Name\" (id int)",
                "create sequence seq start with 1");
        write(
                "10",
                "alter table \"Old Name\" rename to page",
                "drop table book",
                "alter table page rename column a to b");
        write("11", "rename table seq to counter");
        Files.writeString(directory.resolve("V12__by_hand.sql"), "create table legacy (id int);\n");

        assertThat(MigrationFiles.owned(directory)).containsExactlyInAnyOrder("page", "counter");
    }

    private void write(String version, String... statements) throws IOException {
        MigrationFiles.write(directory, version, "change", migration(List.of(statements), List.of()));
    }
}
