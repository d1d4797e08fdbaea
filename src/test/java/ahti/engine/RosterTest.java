package ahti.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.ActorKit;
import ahti.core.InfoHash;
import ahti.disk.SampleTorrent;
import ahti.disk.SampleTorrent.Part;
import ahti.torrent.Problem;
import ahti.torrent.Torrent;
import ahti.torrent.TorrentEvent;
import ahti.torrent.TorrentSpec;
import ahti.torrent.TorrentState;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Listings and what changed since an earlier one. */
class RosterTest {
    private static final int PIECE = 16_384;

    @RegisterExtension
    final ActorKit kit = new ActorKit();

    private final SampleTorrent sample = SampleTorrent.of(PIECE, Part.file("sample", PIECE));
    private final TorrentSpec spec = EngineRig.spec(sample, Path.of("/x"));
    private final Roster roster = new Roster();

    @Test
    void tellsEverythingToWhoKnowsNothing() {
        add(1);
        add(2);

        Engine.Listing listing = roster.since(0);

        assertThat(listing.whole()).isTrue();
        assertThat(hashes(listing)).containsExactly(hash(1), hash(2));
    }

    @Test
    void tellsOnlyWhatChangedSince() {
        add(1);
        add(2);
        long known = roster.since(0).revision();

        roster.told(new TorrentEvent.StateChanged(hash(2), TorrentState.PAUSED));
        roster.told(new TorrentEvent.ProblemRaised(hash(2), new Problem.DiskFull("full")));

        Engine.Listing listing = roster.since(known);
        assertThat(listing.whole()).isFalse();
        assertThat(hashes(listing)).containsExactly(hash(2));
        assertThat(listing.torrents().get(0).state()).isEqualTo(TorrentState.PAUSED);
        assertThat(listing.torrents().get(0).problem()).contains(new Problem.DiskFull("full"));
        assertThat(roster.since(listing.revision()).torrents()).isEmpty();
    }

    @Test
    void forgetsAProblemWhenTheTorrentGoesOn() {
        add(1);
        roster.told(new TorrentEvent.ProblemRaised(hash(1), new Problem.DiskFull("full")));
        roster.told(new TorrentEvent.StateChanged(hash(1), TorrentState.CHECKING));

        assertThat(roster.since(0).torrents().get(0).problem()).isEmpty();
    }

    @Test
    void namesThoseThatLeft() {
        ActorRef<Torrent.Command> first = add(1);
        add(2);
        long known = roster.since(0).revision();

        assertThat(roster.remove(first)).isPresent();

        assertThat(roster.since(known).gone()).containsExactly(hash(1));
        assertThat(roster.since(known).torrents()).isEmpty();
    }

    @Test
    void tellsEverythingToWhoAsksFromBeforeWhatIsRemembered() {
        add(0);
        long known = roster.since(0).revision();
        for (int i = 1; i <= Roster.GONE_REMEMBERED + 1; i++) {
            roster.remove(add(i));
        }

        assertThat(roster.since(known).whole()).isTrue();
        assertThat(roster.since(known + 2).gone()).hasSize(Roster.GONE_REMEMBERED);
    }

    @Test
    void tellsEverythingToWhoComesFromAnotherEngine() {
        add(1);

        assertThat(roster.since(99).whole()).isTrue();
    }

    private ActorRef<Torrent.Command> add(int number) {
        ActorRef<Torrent.Command> actor = kit.<Torrent.Command>probe().ref();
        roster.add(new TorrentRef(hash(number), "torrent " + number, actor), java.util.Optional.of(spec));
        return actor;
    }

    private static List<InfoHash> hashes(Engine.Listing listing) {
        return listing.torrents().stream()
                .map(summary -> summary.torrent().infoHash())
                .toList();
    }

    private static InfoHash hash(int number) {
        return InfoHash.v1(ByteBuffer.allocate(20).putInt(number).array());
    }
}
