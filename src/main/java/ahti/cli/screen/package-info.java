/**
 * What people and programs see of a running torrent: the live screen, lines, JSON events. Pure text from pure values.
 *
 * <p>Start at {@link ahti.cli.screen.Screen}.
 */
@NullMarked
package ahti.cli.screen;

import org.jspecify.annotations.NullMarked;
