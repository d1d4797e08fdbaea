/**
 * Peers and trackers that do what a test says, step by step, and hold the engine to an exact sequence under virtual time.
 * Start at {@link ahti.testkit.script.EngineUnderTest} and {@link ahti.testkit.script.ScriptedPeer}.
 */
@NullMarked
package ahti.testkit.script;

import org.jspecify.annotations.NullMarked;
