/** Tests of {@code ahti.torrent}. */
package ahti.torrent;
