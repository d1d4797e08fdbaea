/**
 * The subcommands: their options and what they do.
 *
 * <p>Start at {@link ahti.cli.command.Commands}.
 */
@NullMarked
package ahti.cli.command;

import org.jspecify.annotations.NullMarked;
