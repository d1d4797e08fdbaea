package ahti.cli.options;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as users write and read them: {@code 90s}, {@code 2m}, {@code 1h30m}; {@code 6 s}, {@code 27:10}. */
public final class TimeSpan {
    private static final Pattern WRITTEN =
            Pattern.compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");

    private TimeSpan() {}

    /**
     * Reads days, hours, minutes and seconds, in this order, or a bare number of seconds; never zero.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    public static Duration parse(String text) {
        String trimmed = text.strip();
        Matcher parts = WRITTEN.matcher(trimmed.matches("\\d{1,9}") ? trimmed + "s" : trimmed);
        if (!parts.matches()) {
            throw notATime(trimmed);
        }
        Duration sum = Duration.ofDays(number(parts.group(1)))
                .plusHours(number(parts.group(2)))
                .plusMinutes(number(parts.group(3)))
                .plusSeconds(number(parts.group(4)));
        if (sum.isZero()) {
            throw notATime(trimmed);
        }
        return sum;
    }

    /** For a screen: {@code 6 s}, {@code 2:05}, {@code 3:12:45}, {@code 5 d 3 h}. */
    public static String show(long seconds) {
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + ":" + twoDigits(seconds % 60);
        }
        if (seconds < 86_400) {
            return seconds / 3600 + ":" + twoDigits(seconds / 60 % 60) + ":" + twoDigits(seconds % 60);
        }
        return seconds / 86_400 + " d " + seconds / 3600 % 24 + " h";
    }

    private static String twoDigits(long number) {
        return (number < 10 ? "0" : "") + number;
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static IllegalArgumentException notATime(String text) {
        return new IllegalArgumentException("'" + text + "' is not a time: write seconds, or such as 90s, 2m or 1h30m");
    }
}
