package ahti.cli.session;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.ExitCode;
import ahti.core.Text;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/** Where log lines go: above the screen when asked for, into a file when there is one, otherwise nowhere. */
public final class Logs {
    /** A message is one line whatever strangers put into it, and neither it nor a stack trace steers a terminal. */
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{20} "
            + "%replace(%msg){'[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]', '?'}%n%replace(%ex){'[\\p{Cc}\\p{Cf}&&[^\\n\\t]]', '?'}";

    private static final Pattern STEERING = Pattern.compile("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]");

    private Logs() {}

    /**
     * From now on; {@code verbosity} 0 shows nothing, 1 a torrent's life, 2 everything.
     *
     * @throws CommandFailure when {@code file} cannot be written
     */
    public static void begin(int verbosity, Optional<Path> file, Consumer<String> lines) {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (!(factory instanceof LoggerContext context)) {
            return;
        }
        context.reset();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(verbosity == 0 && file.isEmpty() ? Level.OFF : verbosity > 1 ? Level.DEBUG : Level.INFO);
        context.getLogger("org.apache.pekko").setLevel(verbosity > 2 ? Level.DEBUG : Level.WARN);
        if (verbosity > 0) {
            LineAppender appender = new LineAppender(lines);
            appender.setContext(context);
            appender.start();
            root.addAppender(appender);
        }
        file.ifPresent(path -> root.addAppender(fileAppender(context, path)));
    }

    private static FileAppender<ILoggingEvent> fileAppender(LoggerContext context, Path path) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setFile(path.toString());
        appender.start();
        if (!appender.isStarted()) {
            throw new CommandFailure(ExitCode.DISK, "--log: cannot write to " + path);
        }
        return appender;
    }

    private static final class LineAppender extends AppenderBase<ILoggingEvent> {
        private final Consumer<String> lines;

        LineAppender(Consumer<String> lines) {
            this.lines = lines;
        }

        @Override
        protected void append(ILoggingEvent event) {
            String trace = event.getThrowableProxy() == null
                    ? ""
                    : "\n"
                            + STEERING.matcher(ThrowableProxyUtil.asString(event.getThrowableProxy()))
                                    .replaceAll("?");
            String message = event.getFormattedMessage();
            lines.accept(event.getLevel() + " " + Text.clean(message, message.length()) + trace);
        }
    }
}
