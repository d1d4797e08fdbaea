/** Tests of {@code ahti.torrent.reading}. */
package ahti.torrent.reading;
