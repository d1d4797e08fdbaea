/**
 * What DHT nodes say to each other: KRPC messages as values, to and from datagrams (BEP 5, 32, 42, 43).
 *
 * <p>Pure functions over bytes. Start at {@link ahti.dht.krpc.KrpcReader}.
 */
@NullMarked
package ahti.dht.krpc;

import org.jspecify.annotations.NullMarked;
