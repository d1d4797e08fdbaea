package ahti.cli.options;

import java.time.Duration;

/** How long to share what is complete: {@code 2.0} (ratio), {@code 30m}, {@code forever}. */
public sealed interface SeedGoal {

    /** Whether enough was shared. Sizes in bytes. */
    boolean isReached(long uploaded, long size, Duration seeding);

    /** Not at all: stop when complete. */
    enum None implements SeedGoal {
        /** The one. */
        NONE;

        @Override
        public boolean isReached(long uploaded, long size, Duration seeding) {
            return true;
        }
    }

    /** Until the user stops it. */
    enum Forever implements SeedGoal {
        /** The one. */
        FOREVER;

        @Override
        public boolean isReached(long uploaded, long size, Duration seeding) {
            return false;
        }
    }

    /** Until so many times the size was uploaded in this run. */
    record Ratio(double ratio) implements SeedGoal {
        @Override
        public boolean isReached(long uploaded, long size, Duration seeding) {
            return uploaded >= ratio * size;
        }
    }

    /** So long after it was complete. */
    record For(Duration time) implements SeedGoal {
        @Override
        public boolean isReached(long uploaded, long size, Duration seeding) {
            return seeding.compareTo(time) >= 0;
        }
    }

    /**
     * Reads {@code forever}, a ratio (a number with a point), or a time (with its unit).
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    static SeedGoal parse(String text) {
        if (text.equals("forever")) {
            return Forever.FOREVER;
        }
        try {
            if (text.matches("\\d{1,6}(\\.\\d{1,6})?")) {
                return new Ratio(Double.parseDouble(text));
            }
            return new For(TimeSpan.parse(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not how long to seed: write a ratio such as 2.0, a time such as 30m, or forever",
                    e);
        }
    }
}
