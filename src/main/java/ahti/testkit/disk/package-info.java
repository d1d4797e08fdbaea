/**
 * The simulated twin of {@code ahti.disk}'s real file system: in memory, in virtual time, with what goes wrong with disks.
 * Start at {@link ahti.testkit.disk.SimulatedDisk}.
 */
@NullMarked
package ahti.testkit.disk;

import org.jspecify.annotations.NullMarked;
