package ahti.dht;

import java.time.Duration;
import java.util.Optional;

/**
 * How the DHT serves one torrent.
 *
 * @param nodes nodes known, for all torrents together
 * @param searches searches that reached somebody and are over
 * @param found peers of the latest search
 * @param announced nodes that took the latest announce
 * @param next until the next search; zero while one is under way
 * @param problem why it is of no use; empty when it is, or may soon be. For people
 */
public record DhtStatus(int nodes, int searches, int found, int announced, Duration next, Optional<String> problem) {}
