/**
 * What users write on the command line, read into values.
 *
 * <p>Bad input is an {@link java.lang.IllegalArgumentException} whose message is a sentence for the user.
 */
@NullMarked
package ahti.cli.options;

import org.jspecify.annotations.NullMarked;
