/** Threads for what waits for devices, which may never answer. */
@NullMarked
package ahti.disk.threads;

import org.jspecify.annotations.NullMarked;
