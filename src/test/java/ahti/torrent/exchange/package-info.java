/** Tests of what peers are told of peers. */
package ahti.torrent.exchange;
