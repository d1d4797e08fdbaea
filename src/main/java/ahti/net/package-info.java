/**
 * Dialling and accepting: a flow of bytes per connection, whatever carries it.
 *
 * <p>The first station on the way of a block, and the only place that opens sockets. Start at
 * {@link ahti.net.PeerTransport}.
 */
@NullMarked
package ahti.net;

import org.jspecify.annotations.NullMarked;
