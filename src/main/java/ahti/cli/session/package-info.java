/**
 * One torrent from the command's first word to its exit code.
 *
 * <p>Start at {@link ahti.cli.session.Session}.
 */
@NullMarked
package ahti.cli.session;

import org.jspecify.annotations.NullMarked;
