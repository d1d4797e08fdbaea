/**
 * Whole swarms of real engines on a simulated network with simulated disks, the same on every run. Start at
 * {@link ahti.testkit.swarm.Swarm}.
 */
@NullMarked
package ahti.testkit.swarm;

import org.jspecify.annotations.NullMarked;
