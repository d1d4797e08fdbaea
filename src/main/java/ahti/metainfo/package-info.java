/**
 * Torrents as their .torrent files say, made safe; how their bytes map to files.
 */
@NullMarked
package ahti.metainfo;

import org.jspecify.annotations.NullMarked;
