package ahti.testkit.record.mask;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.core.RateLimits;
import ahti.metainfo.FileSelection;
import ahti.testkit.record.event.DiskCall;
import ahti.testkit.record.event.Entry;
import ahti.testkit.record.event.Header;
import ahti.testkit.record.event.Input;
import ahti.testkit.record.event.Output;
import ahti.testkit.record.event.RecordedGoal;
import ahti.testkit.record.event.RecordedSelection;
import ahti.testkit.record.event.RecordedTorrent;
import ahti.torrent.SeedingGoal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class PrivateMaskTest {
    private static final String HTTP = "https://tracker.secret.org:8443/p4ssk3y/announce";
    private static final String UDP = "udp://udp.secret.org:80/t0ken?x=1";

    private final RecordedTorrent torrent = new RecordedTorrent(
            ByteString.fromArray(new byte[20]),
            "Secret",
            100,
            64,
            List.of(
                    new RecordedTorrent.RecordedFile(List.of("Secret", "a", "x.txt"), 60, false, false),
                    new RecordedTorrent.RecordedFile(List.of("Secret", "y"), 40, false, false)),
            true,
            List.of(List.of(HTTP), List.of(UDP)),
            "/home/me/down",
            RecordedSelection.of(FileSelection.all()),
            false,
            false,
            false,
            false,
            false,
            List.of(peer(9, 1)),
            List.of(),
            true,
            Optional.of("/home/me/.state"),
            RecordedGoal.of(SeedingGoal.forever()),
            false,
            RateLimits.NONE);

    private final PrivateMask mask = new PrivateMask(torrent, new Random(1));

    private static InetSocketAddress peer(int last, int port) {
        return new InetSocketAddress(ip(81, 2, 3, last), port);
    }

    private static InetAddress ip(int... bytes) {
        ByteBuffer address = ByteBuffer.allocate(bytes.length);
        for (int b : bytes) {
            address.put((byte) b);
        }
        try {
            return InetAddress.getByAddress(address.array());
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private Header masked() {
        return mask.header(
                new Header("0", "17", 1, false, List.of("ahti.net.bind=[\"81.2.3.4\"]"), List.of(), torrent));
    }

    private ByteString fetched(String body) {
        Input.Fetched input = new Input.Fetched(1, 200, ByteString.fromString(body, StandardCharsets.ISO_8859_1));
        return ((Input.Fetched) mask.entry(input)).body();
    }

    @Test
    void namesNothingInTheHeader() {
        Header header = masked();

        assertThat(header.masked()).isTrue();
        assertThat(header.toString().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("secret", "/home", "p4ssk3y", "t0ken", "81.2.3");
        assertThat(header.torrent().trackers().get(0).get(0))
                .isEqualTo("https://tracker-1.invalid:8443/xxxxxxx/announce");
        assertThat(header.torrent().trackers().get(1).get(0)).isEqualTo("udp://tracker-2.invalid:80/xxxxx?x=x");
    }

    @Test
    void givesTheSameAddressTheSameOtherOne() {
        Output.Dial one = (Output.Dial) mask.entry(new Output.Dial(0, peer(1, 6881)));
        Input.Knocked again = (Input.Knocked) mask.entry(new Input.Knocked(0, 1, peer(1, 7)));
        Output.Dial other = (Output.Dial) mask.entry(new Output.Dial(2, peer(2, 6881)));

        assertThat(one.peer()).hasToString("/192.0.2.1:6881");
        assertThat(again.peer()).hasToString("/192.0.2.1:7");
        assertThat(other.peer()).hasToString("/192.0.2.2:6881");
        Output.Dial six = (Output.Dial) mask.entry(
                new Output.Dial(4, new InetSocketAddress(ip(0x20, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6), 5)));
        assertThat(six.peer().getAddress().getHostAddress()).isEqualTo("2001:db8:0:0:0:0:0:1");
    }

    @Test
    void leavesAddressesThatAreNobodys() {
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        InetSocketAddress all = new InetSocketAddress(ip(224, 0, 0, 1), 1);

        assertThat(mask.entry(new Output.Dial(0, here))).isEqualTo(new Output.Dial(0, here));
        assertThat(mask.entry(new Output.Dial(0, all))).isEqualTo(new Output.Dial(0, all));
    }

    @Test
    void rewritesRequestsAsTheEngineWouldMakeThemOfTheOtherUrl() {
        masked();

        Output.Fetch fetch = (Output.Fetch) mask.entry(new Output.Fetch(1, HTTP + "?info_hash=%00&port=1", 1, 2, 3));

        assertThat(fetch.uri()).isEqualTo("https://tracker-1.invalid:8443/xxxxxxx/announce?info_hash=%00&port=1");
        assertThat(mask.entry(new Output.Resolve(1, "udp.secret.org")))
                .isEqualTo(new Output.Resolve(1, "tracker-2.invalid"));
    }

    @Test
    void rewritesTheUrlInAnAnnounceOverUdp() {
        masked();
        byte[] data = "/t0ken?x=1".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer announce = ByteBuffer.allocate(98 + 2 + data.length + 1);
        announce.position(98).put((byte) 2).put((byte) data.length).put(data).put((byte) 0);

        Output.SendDatagram sent = (Output.SendDatagram)
                mask.entry(new Output.SendDatagram(0, peer(3, 80), ByteString.fromArray(announce.array())));

        assertThat(sent.payload().drop(98).utf8String()).isEqualTo("\u0002\n/xxxxx?x=x\u0000");
        assertThat(sent.payload().length()).isEqualTo(announce.capacity());
    }

    @Test
    void takesPeersOutOfWhatTrackersAnswer() {
        String compact = "d8:completei7e8:intervali60e5:other3:abc5:peers6:Q\u0002\u0003\u0001\u001a\u00e1"
                + "15:warning message8:see me 7e";
        String listed = "d5:peersld2:ip8:81.2.3.17:peer id3:abc4:porti80eeee";

        assertThat(fetched(compact).decodeString(StandardCharsets.ISO_8859_1))
                .isEqualTo("d8:completei7e8:intervali60e5:peers6:\u00c0\u0000\u0002\u0001\u001a\u00e1"
                        + "15:warning message8:(masked)e");
        assertThat(fetched(listed).utf8String()).isEqualTo("d5:peersld2:ip9:192.0.2.14:porti80eeee");
        assertThat(fetched("<html>my name</html>").utf8String()).isEqualTo("(masked)");
    }

    @Test
    void takesPeersOutOfDatagrams() {
        ByteBuffer answer = ByteBuffer.allocate(20 + 6 + 3);
        answer.putInt(0, 1).put(20, new byte[] {81, 2, 3, 1});

        Input.Datagram masked =
                (Input.Datagram) mask.entry(new Input.Datagram(0, peer(1, 80), ByteString.fromArray(answer.array())));

        assertThat(masked.payload().slice(20, 24).toArray()).containsExactly(192, 0, 2, 1);
        assertThat(masked.payload().length()).isEqualTo(answer.capacity());
    }

    @Test
    void namesFilesAnewWhereverTheyAreSpokenOf() {
        assertThat(path("/home/me/down/Secret/a/x.txt")).isEqualTo("/download/torrent/file-0");
        assertThat(path("/home/me/down")).isEqualTo("/download");
        assertThat(path("/home/me/down/.Secret.0123abcd.ahti-part")).isEqualTo("/download/.torrent.0123abcd.ahti-part");
        assertThat(path("/home/me/.state/0123.lock")).isEqualTo("/state/0123.lock");
        assertThat(path("/home/me/down/Secret")).isEqualTo("/elsewhere");
    }

    private String path(String real) {
        Entry entry = mask.entry(new Entry.Disk(
                DiskCall.on(DiskCall.Act.LOOK, real), new ahti.testkit.record.event.DiskAnswer.Nothing()));
        return ((Entry.Disk) entry).call().path();
    }

    @Seeds(20)
    void exchangesPeerIdsTheSameHoweverTheyCome(long seed) {
        Random random = new Random(seed);
        byte[] handshake = new byte[100];
        random.nextBytes(handshake);
        ByteString whole = received(1, ByteString.fromArray(handshake));

        ByteString parts = ByteString.emptyByteString();
        for (int at = 0; at < handshake.length; ) {
            int end = Math.min(handshake.length, at + 1 + random.nextInt(40));
            parts = parts.concat(received(3, ByteString.fromArray(handshake, at, end - at)));
            at = end;
        }

        assertThat(parts).isEqualTo(whole);
        assertThat(whole.take(56)).isEqualTo(ByteString.fromArray(handshake, 0, 56));
        assertThat(whole.slice(56, 68)).isNotEqualTo(ByteString.fromArray(handshake, 56, 12));
        assertThat(whole.drop(68)).isEqualTo(ByteString.fromArray(handshake, 68, 32));
    }

    @Test
    void leavesOurOwnPeerIdForWhoMeetsHimself() {
        byte[] handshake = new byte[68];
        new Random(5).nextBytes(handshake);
        Entry unused = mask.entry(new Output.Send(1, ByteString.fromArray(handshake)));

        assertThat(received(2, ByteString.fromArray(handshake))).isEqualTo(ByteString.fromArray(handshake));
    }

    private ByteString received(int line, ByteString bytes) {
        return ((Input.Received) mask.entry(new Input.Received(line, bytes))).bytes();
    }
}
