/**
 * HTTP/1.1 (RFC 9110, 9112) as a client, over plain sockets: those can be bound to a local address, which the JDK's own client of
 * Java 17 cannot. Start at {@link ahti.net.http.HttpOverSockets}.
 */
@NullMarked
package ahti.net.http;

import org.jspecify.annotations.NullMarked;
