/**
 * The peer wire protocol (BEP 3): bytes to messages and back.
 *
 * <p>Pure functions over buffers: no actors, sockets or clocks. Fed by {@code net}, read by {@code peer}.
 */
@NullMarked
package ahti.wire;

import org.jspecify.annotations.NullMarked;
