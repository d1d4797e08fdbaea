/**
 * Finding the nodes nearest to a place, step by step (BEP 5).
 *
 * <p>Pure: who asks and waits is {@code ahti.dht.node}. Start at {@link ahti.dht.lookup.Lookup}.
 */
@NullMarked
package ahti.dht.lookup;

import org.jspecify.annotations.NullMarked;
