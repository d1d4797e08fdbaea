/**
 * A node of the DHT: one socket, one routing table, lookups under way, answers to others.
 *
 * <p>Start at {@link ahti.dht.node.DhtNode}.
 */
@NullMarked
package ahti.dht.node;

import org.jspecify.annotations.NullMarked;
