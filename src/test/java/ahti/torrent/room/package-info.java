/** Tests of who may stay connected. */
package ahti.torrent.room;
