package ahti.torrent;

import ahti.core.ConnectionId;
import ahti.core.InfoBytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.pekko.util.ByteString;

/**
 * Which peer to ask for which block of the metadata (BEP 9). Decides only: time and answers are handed in.
 *
 * <p>Each of a few peers is asked for the whole of it, and the first whose bytes have the right hash wins. So whoever lies harms
 * nobody's blocks but its own, is known by that, and one honest peer among many liars is enough. Whoever is silent for a moment
 * has another asked beside it; whoever stays silent, or takes longer than its size allows, makes room. Nothing is allocated for a
 * size that a peer claims: its blocks are kept as they come. Small sizes go before large ones, and push them aside, for a lie
 * about a small one is soon found out.
 */
final class Hunt {
    /**
     * Peers asked at the same time that answer, or have only just been asked. More finds the honest one sooner; all but one of the
     * answers are thrown away.
     */
    static final int AT_ONCE = 6;

    /** Peers asked at the same time, with those that are silent. */
    static final int AT_ONCE_WITH_THE_SILENT = 48;

    /** Silence after which another is asked beside it. */
    static final Duration MOMENT = Duration.ofSeconds(1);

    /** What each block may take, besides {@link #PATIENCE}, when others wait; twice as long with each failure, a few times. */
    static final Duration PER_BLOCK = Duration.ofMillis(250);

    /** Who claims more than so many times what another claims makes room for it. */
    private static final int LARGER = 2;

    /** Blocks asked of one peer at the same time: hides the round trip. */
    static final int PIPELINE = 4;

    /** How long a peer may send nothing of what was asked. */
    static final Duration PATIENCE = Duration.ofSeconds(8);

    /** How long one is left alone that refuses for the first time; doubled each time, a few times. */
    static final Duration FIRST_REST = Duration.ofSeconds(3);

    private static final int MOST_DOUBLINGS = 5;

    private final Predicate<InfoBytes> isRight;
    private final int most;
    private final Map<ConnectionId, Source> sources = new LinkedHashMap<>();

    /** A block to ask of a peer. */
    record Ask(ConnectionId of, int block) {}

    /** What came of a block. */
    sealed interface Outcome {}

    /** Nothing yet. */
    enum Wait implements Outcome {
        INSTANCE
    }

    /** These are the metadata. */
    record Found(InfoBytes info) implements Outcome {}

    /** The peer sent what is wrong. */
    enum Lie implements Outcome {
        INSTANCE
    }

    /** One peer, and what it has sent. */
    private static final class Source {
        final ConnectionId id;
        final int size;
        final Map<Integer, ByteString> blocks = new LinkedHashMap<>();
        boolean active;
        int asked;
        int failures;
        long sinceNanos;
        long lastNanos;
        long notBefore = Long.MIN_VALUE;

        Source(ConnectionId id, int size) {
            this.id = id;
            this.size = size;
        }

        int blockCount() {
            return (size + InfoBytes.BLOCK - 1) / InfoBytes.BLOCK;
        }

        int lengthOf(int block) {
            return Math.min(InfoBytes.BLOCK, size - block * InfoBytes.BLOCK);
        }

        boolean isLively(long nowNanos) {
            return active && nowNanos - lastNanos < MOMENT.toNanos();
        }

        boolean isOverdue(long nowNanos) {
            long allowed = PATIENCE.toNanos() + blockCount() * PER_BLOCK.toNanos();
            return active && nowNanos - sinceNanos >= allowed << Math.min(failures, MOST_DOUBLINGS);
        }

        /** To the end of the line, with empty hands. */
        void giveUp() {
            failures++;
            makeRoom();
        }

        /** It begins anew later. */
        void makeRoom() {
            active = false;
            asked = 0;
            blocks.clear();
        }

        InfoBytes joined() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
            for (int block = 0; block < blockCount(); block++) {
                byte[] some =
                        blocks.getOrDefault(block, ByteString.emptyByteString()).toArray();
                bytes.write(some, 0, some.length);
            }
            return new InfoBytes(ByteBuffer.wrap(bytes.toByteArray()));
        }
    }

    /**
     * A hunt for these metadata.
     *
     * @param isRight whether these are they
     * @param most bytes that they may have
     */
    Hunt(Predicate<InfoBytes> isRight, int most) {
        this.isRight = isRight;
        this.most = most;
    }

    /** A peer has metadata of that size, it says; what is too large is not looked at. */
    void offers(ConnectionId id, long size) {
        if (size > 0 && size <= most) {
            sources.putIfAbsent(id, new Source(id, (int) size));
        }
    }

    /** A connection is gone. */
    void left(ConnectionId id) {
        sources.remove(id);
    }

    /** A peer will not send a block: it is left alone for a while, longer each time, or the two would talk of nothing else. */
    void refused(ConnectionId id, long nowNanos) {
        Source source = sources.get(id);
        if (source != null && source.active) {
            source.notBefore = nowNanos + (FIRST_REST.toNanos() << Math.min(source.failures, MOST_DOUBLINGS));
            source.giveUp();
        }
    }

    /** A block came. */
    Outcome came(ConnectionId id, int block, ByteString bytes, long nowNanos) {
        Source source = sources.get(id);
        if (source == null
                || !source.active
                || block < 0
                || block >= source.asked
                || source.blocks.containsKey(block)) {
            return Wait.INSTANCE;
        }
        if (bytes.length() != source.lengthOf(block)) {
            sources.remove(id);
            return Lie.INSTANCE;
        }
        source.blocks.put(block, bytes);
        source.lastNanos = nowNanos;
        if (source.blocks.size() < source.blockCount()) {
            return Wait.INSTANCE;
        }
        InfoBytes whole = source.joined();
        if (isRight.test(whole)) {
            return new Found(whole);
        }
        sources.remove(id);
        return Lie.INSTANCE;
    }

    /** What to ask now; whoever was asked and was silent for too long gives its place to another. */
    List<Ask> next(long nowNanos) {
        for (Source source : sources.values()) {
            if (source.active && nowNanos - source.lastNanos >= PATIENCE.toNanos()) {
                source.giveUp();
            }
        }
        List<Source> waiting = new ArrayList<>(sources.values().stream()
                .filter(source -> !source.active && nowNanos >= source.notBefore)
                .toList());
        waiting.sort(
                Comparator.comparingInt((Source source) -> source.failures).thenComparingInt(source -> source.size));
        if (!waiting.isEmpty()) {
            sources.values().stream()
                    .filter(source -> source.isOverdue(nowNanos))
                    .forEach(Source::giveUp);
        }
        for (Source source : waiting) {
            if (mayBegin(source, nowNanos)) {
                source.active = true;
                source.sinceNanos = nowNanos;
                source.lastNanos = nowNanos;
            }
        }
        List<Ask> asks = new ArrayList<>();
        for (Source source : sources.values()) {
            while (source.active
                    && source.asked < source.blockCount()
                    && source.asked - source.blocks.size() < PIPELINE) {
                asks.add(new Ask(source.id, source.asked));
                source.asked++;
            }
        }
        return asks;
    }

    /** At most a few at once, and together no more bytes than the largest may have; who claims much more makes room. */
    private boolean mayBegin(Source source, long nowNanos) {
        List<Source> active =
                sources.values().stream().filter(other -> other.active).toList();
        long lively = active.stream().filter(other -> other.isLively(nowNanos)).count();
        if (lively >= AT_ONCE || active.size() >= AT_ONCE_WITH_THE_SILENT) {
            return false;
        }
        long bytes =
                source.size + active.stream().mapToLong(other -> other.size).sum();
        List<Source> largestFirst = new ArrayList<>(active);
        largestFirst.sort(Comparator.comparingInt(other -> -other.size));
        for (Source other : largestFirst) {
            boolean isMuchLarger = other.size > (long) LARGER * source.size;
            if (bytes > most && isMuchLarger && source.failures <= other.failures) {
                other.makeRoom();
                bytes -= other.size;
            }
        }
        return bytes <= most;
    }

    /** How many peers say that they have it. */
    int offering() {
        return sources.size();
    }

    /** Bytes that came from whoever is furthest. */
    long have() {
        return furthest()
                .map(source -> source.blocks.values().stream()
                        .mapToLong(ByteString::length)
                        .sum())
                .orElse(0L);
    }

    /** Bytes that there are, as whoever is furthest says; 0 before anybody is asked. */
    long size() {
        return furthest().map(source -> (long) source.size).orElse(0L);
    }

    private Optional<Source> furthest() {
        return sources.values().stream()
                .filter(source -> source.active)
                .max(Comparator.comparingInt(source -> source.blocks.size()));
    }
}
