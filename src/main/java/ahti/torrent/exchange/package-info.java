/** What is told of peers to peers. */
@NullMarked
package ahti.torrent.exchange;

import org.jspecify.annotations.NullMarked;
