/**
 * The public API: an engine that runs torrents.
 *
 * <p>Two doors: {@link ahti.engine.Engine} for those who run actors, with {@link ahti.engine.Streams}; {@link
 * ahti.engine.Ahti} for everyone else. {@link ahti.engine.EngineSettings#real} binds an engine to the real world.
 */
@NullMarked
package ahti.engine;

import org.jspecify.annotations.NullMarked;
