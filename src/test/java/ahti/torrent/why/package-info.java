/** Tests of {@code ahti.torrent.why}. */
package ahti.torrent.why;
