/**
 * The peer wire protocol (BEP 3): bytes to {@link ahti.wire.PeerMessage}s and back.
 *
 * <p>Pure functions over buffers: no actors, sockets or clocks. Fed by {@code net}, read by {@code peer}. Start at
 * {@link ahti.wire.FrameDecoder} and {@link ahti.wire.Handshake}.
 */
@NullMarked
package ahti.wire;

import org.jspecify.annotations.NullMarked;
