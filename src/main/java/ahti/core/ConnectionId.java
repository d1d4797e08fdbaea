package ahti.core;

/**
 * One connection of one torrent, for as long as it lives. Numbers are never used twice within a torrent, so a late
 * message of a lost connection cannot be taken for one of its successor.
 */
public record ConnectionId(int number) implements Comparable<ConnectionId> {
    @Override
    public int compareTo(ConnectionId other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        return "peer-" + number;
    }
}
