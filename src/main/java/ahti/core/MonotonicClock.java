package ahti.core;

/** A clock that only goes forward; the only one inside the engine. */
@FunctionalInterface
public interface MonotonicClock {

    /** Nanoseconds since some fixed moment; only differences mean anything. */
    long nanos();
}
