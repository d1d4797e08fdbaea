/**
 * Torrents as their .torrent files say, checked and made safe; how their bytes map to files (BEP 3, 12, 19, 27, 47, 52).
 *
 * <p>Pure functions over bytes: nothing here opens a file. Start at {@link ahti.metainfo.MetainfoReader}, which makes a
 * {@link ahti.metainfo.Metainfo}; {@link ahti.metainfo.FileMap} says where its bytes lie;
 * {@link ahti.metainfo.TorrentCreation} goes the other way.
 */
@NullMarked
package ahti.metainfo;

import org.jspecify.annotations.NullMarked;
