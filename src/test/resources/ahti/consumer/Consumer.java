import ahti.core.PieceHashes;
import ahti.engine.AddOptions;
import ahti.engine.Ahti;
import ahti.engine.Download;
import ahti.engine.TorrentSource;
import ahti.metainfo.TorrentCreation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Shares a small file from one engine and downloads it with another, as an application of somebody else would. */
public final class Consumer {
    public static void main(String[] args) throws Exception {
        byte[] content = new byte[10_000];
        Arrays.fill(content, (byte) 7);
        Path directory = Files.createTempDirectory("consumer");
        Files.write(Files.createDirectory(directory.resolve("full")).resolve("file"), content);
        TorrentSource torrent = TorrentSource.bytes(torrent(content));
        int port = freePort();
        try (Ahti seed =start(Integer.toString(port));
                Ahti ahti =start("0")) {
            get(seed, torrent, AddOptions.to(directory.resolve("full")));
            get(
                    ahti,
                    torrent,
                    AddOptions.to(directory.resolve("empty"))
                            .peers(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        }
        if (!Arrays.equals(content, Files.readAllBytes(directory.resolve("empty/file")))) {
            throw new AssertionError("the download differs");
        }
        System.out.println("downloaded " + content.length + " bytes with Pekko " + org.apache.pekko.Version.current());
    }

    private static Ahti start(String port) {
        return Ahti.start(Map.of("net.ports", port, "net.bind", List.of("127.0.0.1"), "dht.enabled", false));
    }

    private static void get(Ahti ahti, TorrentSource torrent, AddOptions options) throws Exception {
        ahti.add(torrent, options).thenCompose(Download::finished).toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static byte[] torrent(byte[] content) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-1").digest(content);
        return new TorrentCreation(
                        "file",
                        new TorrentCreation.SingleFile(content.length),
                        16_384,
                        new PieceHashes(hash),
                        List.of(),
                        List.of(),
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())
                .encode();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
