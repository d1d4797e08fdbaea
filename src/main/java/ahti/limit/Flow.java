package ahti.limit;

/** Which way bytes go, seen from us. */
public enum Flow {
    /** They come. */
    DOWN,
    /** They leave. */
    UP
}
