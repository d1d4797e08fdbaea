package ahti.testkit.swarm;

import ahti.core.PieceLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@link Books} of all members, and who choked whom when. */
final class Ledger {
    private static final int CHOKES_REMEMBERED = 1_000_000;

    private final PieceLayout layout;
    private final Map<Member, Books> books = new LinkedHashMap<>();
    private final List<SwarmResult.Choking> chokes = new ArrayList<>();

    Ledger(PieceLayout layout) {
        this.layout = layout;
    }

    Books of(Member member) {
        return books.computeIfAbsent(member, one -> new Books(one, layout));
    }

    void choked(Half half, long now) {
        if (chokes.size() < CHOKES_REMEMBERED) {
            chokes.add(new SwarmResult.Choking(
                    Duration.ofNanos(now), half.member.name(), half.other.name(), !half.unchokes));
        }
    }

    List<SwarmResult.Choking> chokes() {
        return chokes;
    }
}
