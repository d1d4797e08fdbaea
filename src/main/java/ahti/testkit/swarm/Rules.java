package ahti.testkit.swarm;

import ahti.config.AhtiConfig;
import ahti.core.BlockRef;
import ahti.core.PieceLayout;
import ahti.testkit.disk.WriteObserver;
import ahti.testkit.time.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What holds in every swarm, looked at from outside, at every step: the rules of the design as the wire and the disks show
 * them. The first one that is broken is remembered.
 */
final class Rules {
    /** What everybody involved must have noticed after so long. */
    private static final Duration NOTICED = Duration.ofSeconds(2);

    private final VirtualTime time;
    private final PieceLayout layout;
    private final long budget;
    private final Duration patience;
    private final Ledger ledger;
    /** Pieces in memory, as each member said last. */
    private final Map<Member, Integer> inMemory = new LinkedHashMap<>();

    private @Nullable String broken;
    private boolean liars;
    /** Whoever may not read has not seen yet what has come. */
    private final boolean limited;

    Rules(VirtualTime time, PieceLayout layout, AhtiConfig config, Ledger ledger) {
        this.time = time;
        this.layout = layout;
        this.budget = config.picker().memoryBudget();
        this.limited = config.rates().limits().down() > 0;
        this.patience = config.peer().requestTimeoutMin();
        this.ledger = ledger;
    }

    /** Some peers lie: pieces may be fetched twice, and nobody can tell from outside which blocks are still wanted. */
    void thereAreLiars() {
        liars = true;
    }

    Optional<String> broken() {
        return Optional.ofNullable(broken);
    }

    private void breaks(String what) {
        if (broken == null) {
            broken = "at " + time.now() + ": " + what;
        }
    }

    /** Rule 1: nothing unverified reaches a file. */
    WriteObserver observerOf(Member member) {
        return new WriteObserver() {
            @Override
            public void onWrite(Path path, long offset, int length, boolean matchesContent) {
                if (!member.storage().onWrite(path, offset, length, matchesContent)) {
                    breaks(member + " wrote bytes that were not verified: " + path + " " + offset + "+" + length);
                }
            }

            @Override
            public void onForceFailed(Path path) {
                member.storage().onForceFailed(path);
            }
        };
    }

    /** Rule 2: Have means stored. */
    void claims(Half half, int piece) {
        if (!half.member.storage().has(piece)) {
            breaks(half + ": says that it has piece " + piece + ", which is not stored");
        }
    }

    /** Rules 3 and 4: one fate for each request, and one peer for each block. */
    void asks(Half half, BlockRef block) {
        Books books = ledger.of(half.member);
        // What was wrong is asked for again; an answer that was on its way may have been taken for the new one.
        if (half.owed.containsKey(block) && !liars) {
            breaks(half + ": asks again for " + block + ", which is owed already");
        }
        if (half.member.storage().hasForSure(block.piece()) && !liars) {
            suspectStored(half, block);
        }
        // Of two requests of one moment, that to the one that stalls may leave last.
        boolean stalls = half.waitsSince(stalled());
        if (!stalls && isOwedInTime(books, block) && books.lastFreed() != time.nanos()) {
            freeBlock(books).ifPresent(free -> suspect(half, block, free));
        }
        books.asked(half, block, time.nanos());
    }

    /** Under Fast, each request has one answer (BEP 6): a block or a reject. */
    void answered(Half half, BlockRef block) {
        if (half.isFast() && !half.isAnswered(block)) {
            breaks(half + ": is answered about " + block + ", which it did not ask for, or not so often");
        }
    }

    /** Whether somebody owes the block who is not late: what is late, or of who stalls, is asked of others as well. */
    private boolean isOwedInTime(Books books, BlockRef block) {
        long late = time.nanos() - patience.toNanos();
        return books.isOwed(block)
                && books.halves().stream()
                        .anyMatch(half -> half.owed.getOrDefault(block, late) > late && !half.waitsSince(stalled()));
    }

    /** Who has waited since before may have said that nothing comes: it counts from when it wished to ask, not from when it did. */
    private long stalled() {
        return time.nanos() - patience.dividedBy(2).toNanos();
    }

    /** A request may leave after it was taken back, with its Cancel behind it: breaks only if none comes. */
    private void suspectStored(Half half, BlockRef block) {
        var unused = time.after(NOTICED, () -> {
            if (half.owed.containsKey(block) && !half.mustWait()) {
                breaks(half + ": asked for " + block + " of a piece that it had stored");
            }
        });
    }

    /** What looks free may have been given to somebody whose request has not left yet: breaks only if it stays free. */
    private void suspect(Half half, BlockRef block, BlockRef free) {
        long now = time.nanos();
        Books books = ledger.of(half.member);
        var unused = time.after(NOTICED, () -> {
            if (half.member.isUp()
                    && books.halves().stream().noneMatch(Half::mustWait)
                    && couldBeAsked(books, free.piece(), now)
                    && books.isFreeSince(free, now)
                    && !half.member.storage().has(free.piece())) {
                breaks(half + ": asked at " + Duration.ofNanos(now) + " for " + block
                        + ", which somebody else owed it already, while nobody is asked for " + free);
            }
        });
    }

    /** Whether somebody has been there all the time that may be asked for it: nobody is while a torrent rests. */
    private static boolean couldBeAsked(Books books, int piece, long since) {
        return books.halves().stream()
                .anyMatch(half -> half.unchoked && half.unchokedSince <= since && half.known.contains(piece));
    }

    /** A missing block that somebody has and nobody owes, and that did not become so just now. */
    private Optional<BlockRef> freeBlock(Books books) {
        if (liars) {
            return Optional.empty();
        }
        for (Half half : books.halves()) {
            if (half.knownSince < time.nanos()) {
                Optional<BlockRef> free = freeBlock(books, half, time.nanos());
                if (free.isPresent()) {
                    return free;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<BlockRef> freeBlock(Books books, Half half, long since) {
        for (int piece = half.known.nextSet(0); piece >= 0; piece = half.known.nextSet(piece + 1)) {
            if (half.member.storage().has(piece) || half.tookBack.contains(piece) || mayBeAsked(books, half, piece)) {
                continue;
            }
            for (int index = 0; index < layout.blocks(piece); index++) {
                BlockRef block = layout.block(piece, index);
                if (books.isFreeSince(block, since)) {
                    return Optional.of(block);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether another may have been told to send it, and the request waits behind what was said before. */
    private static boolean mayBeAsked(Books books, Half except, int piece) {
        return books.halves().stream()
                .anyMatch(half -> half != except && half.unchoked && half.known.contains(piece) && half.mustWait());
    }

    /** Whether a piece more fits into its memory, by our books and by its own. */
    private boolean hasRoom(Member member) {
        long own = (long) inMemory.getOrDefault(member, 0) * layout.pieceLength();
        return Math.max(ledger.of(member).open(), own) + layout.pieceLength() <= budget;
    }

    /** Rule 5: memory is bounded. The torrent itself says how many pieces it has in memory. */
    void inMemory(Member member, int pieces) {
        inMemory.put(member, pieces);
        if ((long) (pieces - 1) * layout.pieceLength() + 1 > budget) {
            breaks(member + " has " + pieces + " pieces in memory, more than its budget of " + budget + " bytes");
        }
    }

    /** Rule 7: interest is current, and no connection idles while one side has what the other wants and both may. */
    void look(Member member) {
        long longAgo = time.nanos() - NOTICED.toNanos();
        for (Half half : List.copyOf(ledger.of(member).halves())) {
            if (!half.member.isUp()
                    || !half.other.isUp()
                    || half.knownSince > longAgo
                    || half.interestSince > longAgo
                    || half.mustWait()) {
                continue;
            }
            if (!half.interested && half.hasReasonToBeInterested()) {
                breaks(half + ": is not interested, although the other has what it lacks" + half.state());
            }
            if (half.interested
                    && half.unchoked
                    && half.unchokedSince < longAgo
                    && half.owed.isEmpty()
                    && half.lastOwed < longAgo
                    && half.restsUntil < longAgo
                    && !liars
                    && !limited) {
                Books books = ledger.of(half.member);
                if (hasRoom(member)) {
                    freeBlock(books, half, longAgo)
                            .ifPresent(
                                    free -> breaks(half + ": idles, although it may ask for " + free + half.state()));
                }
            }
        }
    }
}
