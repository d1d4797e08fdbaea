/**
 * Which nodes are known, which of them are believed, and what our own id has to be (BEP 5, 42).
 *
 * <p>Pure: time and randomness are handed in. Start at {@link ahti.dht.table.RoutingTable}.
 */
@NullMarked
package ahti.dht.table;

import org.jspecify.annotations.NullMarked;
