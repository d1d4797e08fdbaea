package ahti.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.InfoHash;
import ahti.core.PeerId;
import ahti.fuzz.FuzzTarget;
import ahti.fuzz.FuzzTargets;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A tracker's URL, as torrents and links have it: unsupported for a reason, or one that an announce can be made of. */
public final class UrlTarget implements FuzzTarget {
    private static final InfoHash TORRENT = InfoHash.v1(new byte[InfoHash.WIRE_LENGTH]);
    private static final AnnounceRequest ANNOUNCE = new AnnounceRequest(
            1,
            TORRENT,
            PeerId.of(new byte[PeerId.LENGTH]),
            6881,
            7,
            new Announcer.Tally(0, 0, 0),
            AnnounceEvent.STARTED,
            50,
            Optional.of("&\u00ff"));

    @Override
    public String name() {
        return "url";
    }

    @Override
    public void check(byte[] input) {
        String url = new String(input, StandardCharsets.UTF_8);
        Endpoint endpoint = Endpoint.of(url);
        if (endpoint instanceof Endpoint.Unsupported not) {
            FuzzTargets.assertFitToShow(not.reason());
        } else if (endpoint instanceof Endpoint.Http http) {
            assertThat(http.uri().toString()).matches("[!-~]+");
            checkQuery(HttpQuery.of(http.uri(), ANNOUNCE));
            HttpQuery.of(http.uri(), new ScrapeRequest(1, TORRENT)).ifPresent(UrlTarget::checkQuery);
            endpoint.name().ifPresent(name -> assertThat(name).isNotEmpty());
        } else if (endpoint instanceof Endpoint.Udp udp) {
            assertThat(udp.port()).isBetween(1, 65_535);
            assertThat(udp.host()).isNotEmpty();
            assertThat(UdpPackets.announce(1, 2, ANNOUNCE, udp.urlData()).length())
                    .isLessThan(3 * Endpoint.LONGEST_URL + 200);
        }
        checkList(TierList.of(List.of(List.of(url, url), List.of(url + "/x")), 2));
    }

    private static void checkQuery(URI asked) {
        assertThat(asked.toString()).matches("[!-~]+").contains("info_hash=");
    }

    private static void checkList(TierList list) {
        list.tiers().forEach(tier -> assertThat(tier).isNotEmpty().doesNotHaveDuplicates());
        assertThat(list.endpoints().size() + list.unsupported().size()).isLessThanOrEqualTo(2);
        list.endpoints().keySet().forEach(FuzzTargets::assertFitToShow);
        list.unsupported().keySet().forEach(FuzzTargets::assertFitToShow);
    }
}
