/**
 * Files of a torrent for other programs while they download: written to standard output, served over HTTP on this machine.
 *
 * <p>Start at {@link ahti.cli.play.Copying} and {@link ahti.cli.play.Serving}.
 */
@NullMarked
package ahti.cli.play;

import org.jspecify.annotations.NullMarked;
