package ahti.config;

import com.typesafe.config.Config;
import java.time.Duration;

/** {@code ahti.torrent}: see reference.conf for each key. */
public record TorrentConfig(
        int maxPeers,
        int maxCandidates,
        int maxPeersPerAddress,
        int maxPeersPerNetwork,
        Duration reconnectPause,
        Duration reconnectPauseMax,
        ChokingConfig choking,
        int checkAhead,
        Duration diskRetryPause,
        Duration diskRetryPauseMax,
        Duration stopCap,
        Duration checkpointInterval,
        long checkpointBytes) {

    static TorrentConfig from(Config torrent) {
        return new TorrentConfig(
                torrent.getInt("max-peers"),
                torrent.getInt("max-candidates"),
                torrent.getInt("max-peers-per-address"),
                torrent.getInt("max-peers-per-network"),
                torrent.getDuration("reconnect-pause"),
                torrent.getDuration("reconnect-pause-max"),
                ChokingConfig.from(torrent),
                torrent.getInt("check-ahead"),
                torrent.getDuration("disk-retry-pause"),
                torrent.getDuration("disk-retry-pause-max"),
                torrent.getDuration("stop-cap"),
                torrent.getDuration("checkpoint-interval"),
                torrent.getBytes("checkpoint-bytes"));
    }
}
