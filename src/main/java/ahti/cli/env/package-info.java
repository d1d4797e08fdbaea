/**
 * What the command touches: its arguments, streams, environment and machine, and the ways it can end.
 *
 * <p>Start at {@link ahti.cli.env.Env}.
 */
@NullMarked
package ahti.cli.env;

import org.jspecify.annotations.NullMarked;
