package ahti.testkit.record.event;

import ahti.core.InfoHash;
import ahti.engine.AddOptions;
import ahti.metainfo.Metainfo;

/** A torrent, and what is to be done with it: the one that a recorded engine has. */
public record Addition(Metainfo metainfo, AddOptions options) {

    /** By which the engine knows it: what a handshake names, whatever the version. */
    public InfoHash infoHash() {
        return InfoHash.v1(metainfo.infoHash().wireBytes());
    }
}
