package org.rollcall.app;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.RollingPolicy;
import ch.qos.logback.core.rolling.RolloverFailure;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.rolling.helper.CompressionMode;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import org.slf4j.LoggerFactory;

import org.rollcall.store.OwnerOnly;

/// The log: a file in the data folder, five times two megabytes at most, and nothing anywhere else.
///
/// Logback finds this class as its configurator and so starts without any output; the file is added once the data folder
/// is ours, since an error must leave a folder as it was.
public final class LogFile extends ContextAwareBase implements Configurator {
    private static final String NAME = "file";
    private static final String FILE = "rollcall.log";
    private static final long LARGEST = 2L * 1024 * 1024;

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        for (String chatty : new String[]{ "com.zaxxer", "org.jooq", "com.microsoft", "okhttp3",
                "com.github.kagkarlsson" }) {
            context.getLogger(chatty).setLevel(Level.WARN);
        }
        // Warns at every start that it was tried with an older H2.
        context.getLogger("org.flywaydb").setLevel(Level.ERROR);
        // Says at length that a token cannot be had, which its caller says better; and names people.
        context.getLogger("com.microsoft.aad.msal4j").setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// Writes into `folder` from now on, in place of where it wrote before.
    static void open(Path folder) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        close();
        var appender = new OwnerOnlyAppender();
        appender.setName(NAME);
        appender.setContext(context);
        appender.setFile(folder.resolve(FILE).toString());

        var layout = new RedactedLayout();
        layout.setContext(context);
        layout.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} %-5level [%thread] %logger{20} %msg%n");
        layout.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        appender.setEncoder(encoder);

        var rolling = new Rolling(folder);
        rolling.setContext(context);
        rolling.start();
        appender.setRollingPolicy(rolling);

        var size = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        size.setContext(context);
        size.setMaxFileSize(new FileSize(LARGEST));
        // Looking once a minute, as it does otherwise, would let a loop of faults fill the disk.
        size.setCheckIncrement(Duration.buildByMilliseconds(0));
        size.start();
        appender.setTriggeringPolicy(size);
        appender.start();
        root.addAppender(appender);
    }

    /// Appends why a call ended to the log of a folder that is not open here (any more).
    ///
    /// @return false if there is no such log, or it cannot be written
    static boolean note(Path folder, Throwable cause) {
        var trace = new StringWriter();
        trace.append(Instant.now().truncatedTo(ChronoUnit.MILLIS).toString()).append(" ERROR ended by ");
        cause.printStackTrace(new PrintWriter(trace, true));
        try {
            if (!Files.isDirectory(folder)) {
                return false;
            }
            if (Files.exists(folder.resolve(FILE)) && Files.size(folder.resolve(FILE)) > LARGEST) {
                new Rolling(folder).rollover();
            }
            OwnerOnly.createFile(folder.resolve(FILE));
            Files.writeString(folder.resolve(FILE), Redactor.redact(trace.toString()), StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            return true;
        } catch (IOException | RolloverFailure e) {
            return false; // Read-only or full, which the call says itself.
        }
    }

    /// Lets go of the file.
    static void close() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
            var appender = root.getAppender(NAME);
            if (appender != null) {
                root.detachAppender(appender);
                appender.stop();
            }
        }
    }

    /// What libraries put into the messages of their faults does not get into the file.
    private static final class RedactedLayout extends PatternLayout {
        @Override
        public String doLayout(ILoggingEvent event) {
            return Redactor.redact(super.doLayout(event));
        }
    }

    /// Makes each of its files as one that only its owner can read.
    private static final class OwnerOnlyAppender extends RollingFileAppender<ILoggingEvent> {
        @Override
        public void openFile(String name) throws IOException {
            OwnerOnly.createFile(Path.of(name));
            super.openFile(name);
        }
    }

    /// Numbers the files before: Logback's own policy takes signs in the folder's name for a pattern.
    private static final class Rolling extends ContextAwareBase implements RollingPolicy {
        private static final int OLDEST = 4;

        private final Path folder;
        private boolean started;

        Rolling(Path folder) {
            this.folder = folder;
        }

        private Path file(int number) {
            return folder.resolve(number == 0 ? FILE : "rollcall." + number + ".log");
        }

        @Override
        public void rollover() {
            try {
                for (int i = OLDEST; i > 0; i--) {
                    if (Files.exists(file(i - 1))) {
                        Files.move(file(i - 1), file(i), StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            } catch (IOException e) {
                throw new RolloverFailure("the log could not be rolled over", e);
            }
        }

        @Override
        public String getActiveFileName() {
            return file(0).toString();
        }

        @Override
        public CompressionMode getCompressionMode() {
            return CompressionMode.NONE;
        }

        @Override
        public void setParent(FileAppender<?> appender) {
            // Its file is known.
        }

        @Override
        public void start() {
            started = true;
        }

        @Override
        public void stop() {
            started = false;
        }

        @Override
        public boolean isStarted() {
            return started;
        }
    }
}
