/**
 * The distributed hash table: peers of a torrent without a tracker, and our part in keeping them for others (BEP 5, 32, 42,
 * 43).
 *
 * <p>One {@link ahti.dht.Dht} serves all torrents of an engine; below it there is one {@link ahti.dht.node.DhtNode} for IPv4
 * and one for IPv6. A {@link ahti.dht.Seeker} keeps one torrent known. Start at {@link ahti.dht.Dht}.
 */
@NullMarked
package ahti.dht;

import org.jspecify.annotations.NullMarked;
