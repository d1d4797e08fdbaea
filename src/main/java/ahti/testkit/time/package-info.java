/**
 * Virtual time: an unmodified actor system, streams included, on one thread and a clock that moves only when there is
 * nothing left to do. Start at {@link ahti.testkit.time.VirtualTime}.
 */
@NullMarked
package ahti.testkit.time;

import org.jspecify.annotations.NullMarked;
