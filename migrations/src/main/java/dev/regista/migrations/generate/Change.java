package dev.regista.migrations.generate;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One step from a schema to another. */
sealed interface Change {
    /** Returns the step back; empty if there is nothing to undo. */
    Optional<Change> inverse();

    record CreateTable(TableModel table) implements Change {
        @Override
        public Optional<Change> inverse() {
            return Optional.of(new DropTable(table));
        }
    }

    record DropTable(TableModel table) implements Change {
        @Override
        public Optional<Change> inverse() {
            return Optional.of(new CreateTable(table));
        }
    }

    record RenameTable(String from, String to) implements Change {
        @Override
        public Optional<Change> inverse() {
            return Optional.of(new RenameTable(to, from));
        }
    }

    record CommentTable(String table, String before, String after) implements Change {
        @Override
        public Optional<Change> inverse() {
            return Optional.of(new CommentTable(table, after, before));
        }
    }

    /** @param fill what rows that exist get; null for what the database gives them */
    record AddColumn(
            String table, ColumnModel column, @Nullable String fill) implements Change {
        @Override
        public Optional<Change> inverse() {
            return Optional.of(new DropColumn(table, column));
        }
    }

    record DropColumn(String table, ColumnModel column) implements Change {
        /** What was in it is gone; rows need something to put there. */
        @Override
        public Optional<Change> inverse() {
            return Optional.of(
                    new AddColumn(table, column, column.canBeOmitted() ? null : Types.neutral(column.type())));
        }
    }

    record RenameColumn(String table, String from, String to) implements Change {
        @Override
        public Optional<Change> inverse() {
            return Optional.of(new RenameColumn(table, to, from));
        }
    }

    /** @param fill what takes the place of nulls; null to leave them */
    record AlterColumn(
            String table,
            ColumnModel before,
            ColumnModel after,
            @Nullable String fill) implements Change {
        @Override
        public Optional<Change> inverse() {
            return Optional.of(new AlterColumn(table, after, before, null));
        }

        boolean changesType() {
            return !before.type().equals(after.type());
        }
    }

    record FillColumn(String table, String column, String value) implements Change {
        @Override
        public Optional<Change> inverse() {
            return Optional.empty();
        }
    }

    record AddConstraint(String table, Constraint constraint) implements Change {
        @Override
        public Optional<Change> inverse() {
            return Optional.of(new DropConstraint(table, constraint));
        }
    }

    record DropConstraint(String table, Constraint constraint) implements Change {
        @Override
        public Optional<Change> inverse() {
            return Optional.of(new AddConstraint(table, constraint));
        }
    }

    record CreateSequence(SequenceModel sequence) implements Change {
        @Override
        public Optional<Change> inverse() {
            return Optional.of(new DropSequence(sequence));
        }
    }

    record DropSequence(SequenceModel sequence) implements Change {
        @Override
        public Optional<Change> inverse() {
            return Optional.of(new CreateSequence(sequence));
        }
    }

    record AlterSequence(SequenceModel before, SequenceModel after) implements Change {
        @Override
        public Optional<Change> inverse() {
            return Optional.of(new AlterSequence(after, before));
        }
    }

    record RenameSequence(String from, String to) implements Change {
        @Override
        public Optional<Change> inverse() {
            return Optional.of(new RenameSequence(to, from));
        }
    }

    record CreateEnum(EnumModel type) implements Change {
        @Override
        public Optional<Change> inverse() {
            return Optional.of(new DropEnum(type));
        }
    }

    record DropEnum(EnumModel type) implements Change {
        @Override
        public Optional<Change> inverse() {
            return Optional.of(new CreateEnum(type));
        }
    }

    /** @param users the columns that have the type, before and after */
    record AlterEnum(EnumModel before, EnumModel after, List<Use> users) implements Change {
        record Use(String table, ColumnModel column) {}

        @Override
        public Optional<Change> inverse() {
            return Optional.of(new AlterEnum(after, before, users));
        }
    }
}
