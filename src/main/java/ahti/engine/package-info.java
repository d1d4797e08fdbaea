/**
 * The public API: an engine that runs torrents.
 *
 * <p>Start at {@link ahti.engine.Engine}; {@link ahti.engine.EngineSettings#real} binds it to the real world.
 */
@NullMarked
package ahti.engine;

import org.jspecify.annotations.NullMarked;
