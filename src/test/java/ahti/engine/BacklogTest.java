package ahti.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.InfoHash;
import ahti.torrent.TorrentEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a slow watcher keeps and what it loses. */
class BacklogTest {
    private static final InfoHash HASH = InfoHash.v1(new byte[20]);

    private final Backlog backlog = new Backlog(2);

    @Test
    void handsEverythingOutInOrderAndOnce() {
        backlog.add(piece(1));
        backlog.add(piece(2));

        assertThat(backlog.take()).isEqualTo(List.of(piece(1), piece(2)));
        assertThat(backlog.isEmpty()).isTrue();
        assertThat(backlog.take()).isEmpty();
    }

    @Test
    void countsWhatDoesNotFitAndTellsItAtThePlaceOfTheGap() {
        for (int i = 1; i <= 5; i++) {
            backlog.add(piece(i));
        }

        assertThat(backlog.take()).isEqualTo(List.of(piece(1), piece(2), new EngineEvent.EventsLost(3)));
        backlog.add(piece(6));
        assertThat(backlog.take()).isEqualTo(List.of(piece(6)));
    }

    private static EngineEvent piece(int number) {
        return new EngineEvent.Happened(new TorrentEvent.PieceCorrupt(HASH, number));
    }
}
