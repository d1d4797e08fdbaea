/**
 * The command: wget's manners with aria2's exit codes. Standard output carries data, standard error text for people.
 *
 * <p>Start at {@link ahti.cli.Main}; {@link ahti.cli.Cli} runs the whole command in memory, as its tests do.
 */
@NullMarked
package ahti.cli;

import org.jspecify.annotations.NullMarked;
