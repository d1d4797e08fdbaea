/**
 * One connection to a peer: handshake, choke and interest, request window, upload queue.
 */
@NullMarked
package ahti.peer;

import org.jspecify.annotations.NullMarked;
