package ahti.engine;

import ahti.metainfo.Metainfo;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;

/** Where an engine learns what a torrent is. */
public sealed interface TorrentSource {

    /** A .torrent file; the engine reads it, on a thread that may wait. */
    record FromFile(Path path) implements TorrentSource {
        public FromFile {
            Objects.requireNonNull(path, "path");
        }
    }

    /** The bytes of a .torrent file. */
    record FromBytes(
            @SuppressWarnings("ArrayRecordComponent") byte[] torrent) implements TorrentSource {
        /** Keeps a copy. */
        public FromBytes {
            torrent = torrent.clone();
        }

        /** A copy. */
        @Override
        public byte[] torrent() {
            return torrent.clone();
        }
    }

    /** What was read and looked at already, by {@link ahti.metainfo.MetainfoReader}. */
    record FromMetainfo(Metainfo metainfo) implements TorrentSource {
        public FromMetainfo {
            Objects.requireNonNull(metainfo, "metainfo");
        }
    }

    /**
     * A magnet link (BEP 9). It is added at once; what it stands for is asked of peers, and told as {@link
     * ahti.torrent.TorrentEvent.MetadataKnown}. With a state directory that is remembered for the next time.
     */
    record FromMagnet(String uri) implements TorrentSource {
        public FromMagnet {
            Objects.requireNonNull(uri, "uri");
        }
    }

    /** A .torrent file on the web. Not supported yet: refused with {@link Refusal.Unsupported}. */
    record FromUri(URI uri) implements TorrentSource {
        public FromUri {
            Objects.requireNonNull(uri, "uri");
        }
    }

    /** A .torrent file. */
    static TorrentSource file(Path path) {
        return new FromFile(path);
    }

    /** A magnet link. */
    static TorrentSource magnet(String uri) {
        return new FromMagnet(uri);
    }

    /** The bytes of a .torrent file. */
    static TorrentSource bytes(byte[] torrent) {
        return new FromBytes(torrent);
    }
}
