package ahti.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.bencode.DictBuilder;
import ahti.core.InfoBytes;
import ahti.core.InfoHash;
import ahti.core.Limits;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MagnetTest {
    private static final String HEX = "0123456789abcdef0123456789abcdef01234567";
    private static final String BASE32 = "AERUKZ4JVPG66AJDIVTYTK6N54ASGRLH";
    private static final String V2 = "1220" + "ab".repeat(32);

    private static Magnet ok(String link) {
        assertThat(MagnetReader.read(link, Limits.DEFAULT)).isInstanceOf(MagnetResult.Ok.class);
        return ((MagnetResult.Ok) MagnetReader.read(link, Limits.DEFAULT)).magnet();
    }

    @Test
    void readsBothWaysToWriteAHash() {
        assertThat(ok("magnet:?xt=urn:btih:" + HEX).infoHash().hex()).isEqualTo(HEX);
        assertThat(ok("MAGNET:?XT=URN:BTIH:" + HEX.toUpperCase(java.util.Locale.ROOT))
                        .infoHash()
                        .hex())
                .isEqualTo(HEX);
        assertThat(ok("magnet:?xt=urn:btih:" + BASE32).infoHash().hex()).isEqualTo(HEX);
    }

    @Test
    void readsWhatElseIsSaid() {
        Magnet magnet = ok("magnet:?dn=A%20file+1%0A&xt=urn:btih:" + HEX
                + "&tr=http%3A%2F%2Ft.example%2Fa&tr.1=udp%3A%2F%2Fu.example%3A1&tr=http%3A%2F%2Ft.example%2Fa"
                + "&x.pe=192.0.2.1:6881&x.pe=%5B%3A%3A1%5D:7&ws=http://w.example/&so=0,2,4-6,9-8,x&foo=bar&&=&xl=1");

        assertThat(magnet.name()).contains("A file+1");
        assertThat(magnet.trackers()).containsExactly("http://t.example/a", "udp://u.example:1");
        assertThat(magnet.peers()).containsExactly("192.0.2.1:6881", "[::1]:7");
        assertThat(magnet.webSeeds()).containsExactly("http://w.example/");
        assertThat(magnet.selected(6)).containsExactly(0, 2, 4, 5);
        assertThat(magnet.selected(1)).containsExactly(0);
    }

    @Test
    void aHybridIsFoundByItsFirstHash() {
        Magnet magnet = ok("magnet:?xt=urn:btmh:" + V2 + "&xt=urn:btih:" + HEX);

        assertThat(magnet.infoHash().hex()).isEqualTo(HEX);
        assertThat(magnet.infoHashV2().map(InfoHash::hex)).contains("ab".repeat(32));
    }

    @Test
    void aLinkForVersionTwoAloneIsRecognised() {
        assertThat(MagnetReader.read("magnet:?xt=urn:btmh:" + V2, Limits.DEFAULT))
                .isEqualTo(new MagnetResult.V2Only(InfoHash.parse("ab".repeat(32))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "magnet:",
                "magnet:?",
                "http://x/",
                "magnet:?dn=x",
                "magnet:?xt=urn:btih:",
                "magnet:?xt=urn:btih:123",
                "magnet:?xt=urn:btih:0123456789abcdef0123456789abcdef0123456",
                "magnet:?xt=urn:btmh:1220ab",
                "magnet:?xt=urn:btih:%zz",
                "magnet:?xt=urn:sha1:0123456789abcdef0123456789abcdef01234567"
            })
    void saysWhyItIsNone(String link) {
        assertThat(MagnetReader.read(link, Limits.DEFAULT))
                .isInstanceOfSatisfying(
                        MagnetResult.Bad.class, bad -> assertThat(bad.reason()).isNotBlank());
    }

    @Test
    void thousandsOfTrackersAreBounded() {
        StringBuilder link = new StringBuilder("magnet:?xt=urn:btih:" + HEX);
        for (int i = 0; i < 5_000; i++) {
            link.append("&tr=http://t").append(i).append("/&so=1,2,3&x.pe=h:").append(i);
        }

        Magnet magnet = ok(link.toString());

        assertThat(magnet.trackers()).hasSize(1_000);
        assertThat(magnet.peers()).hasSize(100);
        assertThat(magnet.selection()).hasSize(1_000);
        assertThat(MagnetReader.read(link + "x".repeat(300_000), Limits.DEFAULT))
                .isInstanceOf(MagnetResult.Bad.class);
    }

    @Test
    void writesALinkThatReadsTheSame() {
        Magnet magnet = ok("magnet:?xt=urn:btih:" + HEX + "&xt=urn:btmh:" + V2
                + "&dn=a%26b%20c&tr=http://t.example/?a%3Db%26c&ws=http://w.example/x%25y&x.pe=192.0.2.1:6881");

        assertThat(ok(magnet.toUri())).isEqualTo(magnet);
    }

    @Test
    void makesATorrentFileTogetherWithItsInfoDictionary() {
        byte[] bytes = Torrents.singleInfo().encode();
        InfoBytes info = new InfoBytes(ByteBuffer.wrap(bytes));
        Metainfo known = ((ReadResult.Ok) MetainfoReader.read(
                        new DictBuilder().put("info", Torrents.singleInfo()).encode(), Limits.DEFAULT))
                .metainfo();
        Magnet magnet = ok("magnet:?xt=urn:btih:" + known.infoHash().hex() + "&tr=http://t.example/a");

        assertThat(magnet.isInfo(info)).isTrue();
        bytes[5]++;
        assertThat(magnet.isInfo(new InfoBytes(ByteBuffer.wrap(bytes)))).isFalse();
        Metainfo read = ((ReadResult.Ok) MetainfoReader.read(
                        magnet.toTorrent(info, Limits.DEFAULT).orElseThrow(), Limits.DEFAULT))
                .metainfo();
        assertThat(read.infoHash()).isEqualTo(known.infoHash());
        assertThat(read.info()).contains(info);
        assertThat(read.trackers()).containsExactly(java.util.List.of("http://t.example/a"));
    }
}
