/**
 * One connection to a peer: handshake, choke and interest, request window, upload queue.
 *
 * <p>Stands between {@code wire} and {@code picker} on the way of a block down, and between {@code disk} and {@code wire} on
 * the way up. Start at {@link ahti.peer.PeerConnection}.
 */
@NullMarked
package ahti.peer;

import org.jspecify.annotations.NullMarked;
