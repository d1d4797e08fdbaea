package ahti.cli.options;

import ahti.core.ByteCount;
import java.time.Duration;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Teaches picocli the values of this package; their sentences become its messages. */
public final class Converters {

    private Converters() {}

    /** For this command line and all its subcommands. */
    public static void register(CommandLine line) {
        add(line, Duration.class, TimeSpan::parse);
        add(line, SeedGoal.class, SeedGoal::parse);
        add(line, HostPort.class, HostPort::parse);
        add(line, ByteCount.class, ByteCount::parse);
        add(line, TrackerTier.class, TrackerTier::parse);
        add(line, ColorChoice.class, ColorChoice::parse);
        add(line, ByteRange.class, ByteRange::parse);
    }

    private static <T> void add(CommandLine line, Class<T> type, Function<String, T> parser) {
        line.registerConverter(type, text -> {
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        });
    }
}
