package dev.regista.cli;

import dev.regista.ConfigurationException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Explains why a database cannot be opened. */
final class Diagnosis {
    private static final int UNKNOWN_DATABASE_ON_MARIADB = 1049;
    private static final int ACCESS_DENIED_ON_MARIADB = 1045;
    private static final List<Integer> NO_FILE_OF_H2 = List.of(90146, 90149);
    private static final int MANY = 20;

    private Diagnosis() {}

    /** Returns what went wrong at the bottom of it, in the words of whoever said it. */
    static String cause(Throwable failure) {
        List<Throwable> chain = chain(failure);
        for (int i = chain.size() - 1; i >= 0; i--) {
            String message = chain.get(i).getMessage();
            if (message != null && !message.isBlank()) {
                String simple = chain.get(i).getClass().getSimpleName();
                return chain.get(i) instanceof UnknownHostException ? simple + ": " + message : message.strip();
            }
        }
        return failure.getClass().getSimpleName();
    }

    /** Returns what to do about it, if that is known. */
    static Optional<String> advice(Throwable failure) {
        return chain(failure).stream()
                .map(Diagnosis::adviceFor)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> adviceFor(Throwable failure) {
        if (failure instanceof UnknownHostException) {
            return Optional.of("there is no host of that name: look at the URL, and at the network");
        }
        if (failure instanceof ConnectException) {
            return Optional.of("nothing listens there: is the server running, and are host and port right?");
        }
        if (failure instanceof ConfigurationException e
                && String.valueOf(e.getMessage()).contains("driver")) {
            return Optional.of("put the driver's jar on --classpath");
        }
        if (failure instanceof SQLException e) {
            return sql(String.valueOf(e.getSQLState()), e.getErrorCode());
        }
        return Optional.empty();
    }

    private static Optional<String> sql(String state, int code) {
        if (state.startsWith("28") || code == ACCESS_DENIED_ON_MARIADB) {
            return Optional.of("the server is there and does not accept user and password");
        }
        if (state.equals("3D000") || code == UNKNOWN_DATABASE_ON_MARIADB || NO_FILE_OF_H2.contains(code)) {
            return Optional.of("the server is there, and has no such database: create it");
        }
        if (state.equals("53300")) {
            return Optional.of("the server has no connection left");
        }
        return state.equals("42501") ? Optional.of("the user lacks a right") : Optional.empty();
    }

    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (@Nullable Throwable each = failure;
                each != null && chain.size() < MANY && !chain.contains(each);
                each = each.getCause()) {
            chain.add(each);
        }
        return chain;
    }
}
