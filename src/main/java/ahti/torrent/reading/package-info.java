/**
 * Reading a file of a torrent while it downloads, in order, by whoever asks for the next bytes when it is ready for them.
 *
 * <p>A {@link ahti.torrent.reading.Reader} is opened by {@link ahti.torrent.Torrent.Read}. Start there.
 */
@NullMarked
package ahti.torrent.reading;

import org.jspecify.annotations.NullMarked;
