/**
 * The simulated twin of {@code ahti.net}: hosts, links between them, and what goes wrong on the way. Start at
 * {@link ahti.testkit.net.SimulatedNetwork}.
 */
@NullMarked
package ahti.testkit.net;

import org.jspecify.annotations.NullMarked;
