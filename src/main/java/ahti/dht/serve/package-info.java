/**
 * What a DHT node does for others: answering within bounds, and keeping who shares what (BEP 5).
 *
 * <p>Pure: time and randomness are handed in. Start at {@link ahti.dht.serve.Desk}.
 */
@NullMarked
package ahti.dht.serve;

import org.jspecify.annotations.NullMarked;
