/**
 * The public API: an engine that runs torrents.
 *
 * <p>Start at {@link ahti.engine.Engine}.
 */
@NullMarked
package ahti.engine;

import org.jspecify.annotations.NullMarked;
