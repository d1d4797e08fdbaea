/** Tests of {@code ahti.testkit.script}, and of the engine's protocol with it. */
package ahti.testkit.script;
