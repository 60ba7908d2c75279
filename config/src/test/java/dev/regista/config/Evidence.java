package dev.regista.config;

import static org.assertj.core.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import dev.regista.DatabaseUrl;
import dev.regista.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.LoggerFactory;

/** Records every text that a program gives away while it is open: all logs at their finest level, and what a test adds. */
final class Evidence implements AutoCloseable {
    /** Shorter parts of a secret could be anywhere by chance. */
    private static final int PART = 6;

    private final List<String> texts = new ArrayList<>();
    private final ListAppender<ILoggingEvent> logback = new ListAppender<>();
    private final Map<Logger, Level> levels = new HashMap<>();
    private final List<Appender<ILoggingEvent>> others = new ArrayList<>();
    private final Recorder recorder = new Recorder();
    private final java.util.logging.Logger julRoot = LogManager.getLogManager().getLogger("");
    private final java.util.logging.Level julLevel = julRoot.getLevel();

    Evidence() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLoggerList().forEach(logger -> levels.put(logger, logger.getLevel()));
        Logger root = root();
        root.iteratorForAppenders().forEachRemaining(others::add);
        others.forEach(root::detachAppender);
        levels.keySet().forEach(logger -> logger.setLevel(logger.equals(root) ? Level.TRACE : null));
        logback.setContext(context);
        logback.start();
        root.addAppender(logback);
        julRoot.setLevel(java.util.logging.Level.ALL);
        julRoot.addHandler(recorder);
    }

    @Override
    public void close() {
        julRoot.removeHandler(recorder);
        julRoot.setLevel(julLevel);
        Logger root = root();
        root.detachAppender(logback);
        levels.forEach(Logger::setLevel);
        others.forEach(root::addAppender);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    void add(Object... objects) {
        Arrays.stream(objects).map(Evidence::text).forEach(texts::add);
    }

    /** Adds all attributes of everything that the platform shows to monitoring, and the names of all threads. */
    void addWhatIsMonitored() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName name : server.queryNames(null, null)) {
            try {
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                    add(name + " " + attribute + " = " + attribute(server, name, attribute));
                }
            } catch (JMException e) {
                add(e);
            }
        }
        Thread.getAllStackTraces().keySet().forEach(this::add);
    }

    private static String attribute(MBeanServer server, ObjectName name, MBeanAttributeInfo attribute) {
        try {
            return attribute.isReadable() ? text(server.getAttribute(name, attribute.getName())) : "";
        } catch (JMException | RuntimeException e) {
            return text(e);
        }
    }

    /** Returns how many texts the logs had. */
    int logged() {
        return logback.list.size() + recorder.records.size();
    }

    /** Fails if any part of a secret is in any text, as it is or as URLs have it. */
    void revealsNothingOf(String secret) {
        List<String> all = new ArrayList<>(texts);
        synchronized (logback) {
            logback.list.forEach(event -> all.add(text(event)));
        }
        synchronized (recorder) {
            recorder.records.forEach(entry -> all.add(text(entry)));
        }
        Set<String> parts = parts(secret);
        for (String text : all) {
            for (String part : parts) {
                int at = text.indexOf(part);
                if (at >= 0) {
                    fail(
                            "'%s', of the secret, is in: …%s…",
                            part, text.substring(Math.max(0, at - 300), Math.min(text.length(), at + 300)));
                }
            }
        }
    }

    private static Set<String> parts(String secret) {
        String inUrl = DatabaseUrl.builder("x")
                .host("h")
                .user("u")
                .password(Secret.of(secret))
                .build()
                .reveal();
        Set<String> parts = new LinkedHashSet<>();
        for (String form : List.of(
                secret,
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                inUrl.substring("x://u:".length(), inUrl.lastIndexOf('@')))) {
            for (int at = 0; at + PART <= form.length(); at++) {
                parts.add(form.substring(at, at + PART));
            }
        }
        return parts;
    }

    private static String text(Object object) {
        if (object instanceof Throwable failure) {
            StringWriter text = new StringWriter();
            PrintWriter writer = new PrintWriter(text);
            failure.printStackTrace(writer);
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException sql && sql.getNextException() != null) {
                    sql.getNextException().printStackTrace(writer);
                }
            }
            return text.toString();
        }
        return object instanceof Object[] array ? Arrays.deepToString(array) : String.valueOf(object);
    }

    private static String text(ILoggingEvent event) {
        String thrown = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        return String.join(
                "\n",
                event.getLoggerName(),
                event.getThreadName(),
                event.getFormattedMessage(),
                Arrays.deepToString(event.getArgumentArray()),
                event.getMDCPropertyMap().toString(),
                thrown);
    }

    private static String text(LogRecord entry) {
        return new SimpleFormatter().format(entry) + Arrays.deepToString(entry.getParameters());
    }

    /** What drivers log. */
    private static final class Recorder extends Handler {
        private final List<LogRecord> records = new ArrayList<>();

        @Override
        public synchronized void publish(LogRecord entry) {
            records.add(entry);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
