package ahti.config;

import com.typesafe.config.Config;
import java.time.Duration;

/** {@code ahti.peer}: see reference.conf for each key. */
public record PeerConfig(
        Duration handshakeTimeout,
        Duration keepAlive,
        Duration silenceTimeout,
        Duration sendTimeout,
        Duration requestTimeoutMin,
        Duration requestTimeoutMax,
        int requestsFirst,
        int requestsMin,
        int requestsMax,
        Duration requestHorizon,
        int uploadQueue,
        long uploadBuffer,
        long uploadBuffers,
        long talkBuffer,
        int idleMessages,
        int idlePerSecond,
        int message,
        boolean fast,
        int allowedFast,
        int allowedFastPeers) {

    static PeerConfig from(Config peer) {
        return new PeerConfig(
                peer.getDuration("handshake-timeout"),
                peer.getDuration("keep-alive"),
                peer.getDuration("silence-timeout"),
                peer.getDuration("send-timeout"),
                peer.getDuration("request-timeout-min"),
                peer.getDuration("request-timeout-max"),
                peer.getInt("requests-first"),
                peer.getInt("requests-min"),
                peer.getInt("requests-max"),
                peer.getDuration("request-horizon"),
                peer.getInt("upload-queue"),
                peer.getBytes("upload-buffer"),
                peer.getBytes("upload-buffers"),
                peer.getBytes("talk-buffer"),
                peer.getInt("idle-messages"),
                peer.getInt("idle-messages-per-second"),
                (int) Math.min(Integer.MAX_VALUE, peer.getBytes("message")),
                peer.getBoolean("fast"),
                peer.getInt("allowed-fast"),
                peer.getInt("allowed-fast-peers"));
    }
}
