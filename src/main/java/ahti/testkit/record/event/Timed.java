package ahti.testkit.record.event;

/**
 * An entry of a recording and its moment.
 *
 * @param nanos virtual time since the engine began
 */
public record Timed(long nanos, Entry entry) {}
