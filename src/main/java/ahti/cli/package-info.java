/**
 * The command.
 */
@NullMarked
package ahti.cli;

import org.jspecify.annotations.NullMarked;
