/**
 * Ahti against programs that others wrote, on loopback: Transmission, aria2, libtorrent, rTorrent and opentracker.
 *
 * <p>Every test runs in a {@link ahti.realpeers.Stage}: a folder of its own, and programs that end with the test whatever
 * happens. A {@link ahti.realpeers.Client} is another program, {@link ahti.realpeers.Ahti} is ours, started as a user
 * starts it. What is shared comes from a {@link ahti.realpeers.Payload}, which knows every byte without asking anybody.
 */
@NullMarked
package ahti.realpeers;

import org.jspecify.annotations.NullMarked;
