package ahti.limit;

import ahti.core.InfoHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who moved how much in one direction and has not been paid for it yet, and the limits that pay: one for all, one for each
 * torrent.
 *
 * <p>Torrents that owe get fair shares of what is there for all, each within its own limit, however many members it has; the
 * members of a torrent get fair shares of that. Time is handed in.
 *
 * @param <M> members
 */
final class Ledger<M> {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Bucket whole = new Bucket();
    private final Map<InfoHash, Torrent<M>> torrents = new LinkedHashMap<>();
    private long paidAt;

    /** A torrent's own limit, and what its members owe. */
    private static final class Torrent<M> {
        final Bucket bucket = new Bucket();
        /** Who owes what, more than nothing. */
        final Map<M, Long> debts = new LinkedHashMap<>();

        long owed() {
            return debts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * What a member need not owe any more.
     *
     * @param pace bytes per second that it could move just now, if it wanted to
     */
    record Payment<M>(M member, long bytes, long pace) {}

    /** Limits all together; 0 for no limit. */
    void limit(long perSecond, long nowNanos) {
        whole.limit(perSecond, nowNanos);
        torrents.keySet().forEach(this::forgive);
    }

    /** Limits one torrent; 0 for no limit of its own. */
    void limit(InfoHash torrent, long perSecond, long nowNanos) {
        torrent(torrent).bucket.limit(perSecond, nowNanos);
        forgive(torrent);
    }

    /** The torrent is gone. */
    void forget(InfoHash torrent) {
        torrents.remove(torrent);
    }

    /** Whether anything limits the members of that torrent. */
    boolean isLimited(InfoHash torrent) {
        Torrent<M> known = torrents.get(torrent);
        return whole.isLimited() || (known != null && known.bucket.isLimited());
    }

    /** Whoever is not limited owes nothing. */
    private void forgive(InfoHash torrent) {
        if (!isLimited(torrent)) {
            torrent(torrent).debts.clear();
        }
    }

    private Torrent<M> torrent(InfoHash torrent) {
        return torrents.computeIfAbsent(torrent, any -> new Torrent<>());
    }

    /** A member moved so many bytes. */
    void owe(InfoHash torrent, M member, long bytes) {
        if (bytes > 0 && isLimited(torrent)) {
            torrent(torrent).debts.merge(member, bytes, Long::sum);
        }
    }

    /** A member is gone, and its debt with it: what it moved it moved. */
    void leave(InfoHash torrent, M member) {
        Torrent<M> known = torrents.get(torrent);
        if (known != null) {
            known.debts.remove(member);
        }
    }

    /** Whether anybody owes anything. */
    boolean isOwed() {
        return torrents.values().stream().anyMatch(torrent -> !torrent.debts.isEmpty());
    }

    /** Pays what the limits allow by now. */
    List<Payment<M>> pay(long nowNanos) {
        long nanos = Math.max(1, Math.min(nowNanos - paidAt, Bucket.KEPT.toNanos()));
        paidAt = nowNanos;
        List<Torrent<M>> owing = torrents.values().stream()
                .filter(torrent -> !torrent.debts.isEmpty())
                .toList();
        long[] own = owing.stream()
                .mapToLong(torrent -> torrent.bucket.available(nowNanos))
                .toArray();
        long[] wants = new long[own.length];
        for (int index = 0; index < own.length; index++) {
            wants[index] = Math.min(own[index], owing.get(index).owed());
        }
        FairSplit shares = FairSplit.of(whole.available(nowNanos), wants);
        List<Payment<M>> payments = new ArrayList<>();
        for (int index = 0; index < own.length; index++) {
            pay(owing.get(index), Math.min(own[index], shares.level()), nanos, payments);
        }
        return payments;
    }

    private void pay(Torrent<M> torrent, long share, long nanos, List<Payment<M>> payments) {
        List<M> members = List.copyOf(torrent.debts.keySet());
        FairSplit parts = FairSplit.of(
                share,
                torrent.debts.values().stream().mapToLong(Long::longValue).toArray());
        long pace = (long) (parts.level() * (NANOS_PER_SECOND / nanos));
        for (int index = 0; index < members.size(); index++) {
            long paid = parts.part(index);
            M member = members.get(index);
            if (paid > 0) {
                torrent.debts.computeIfPresent(member, (any, owed) -> owed == paid ? null : owed - paid);
                torrent.bucket.take(paid);
                whole.take(paid);
                payments.add(new Payment<>(member, paid, pace));
            }
        }
    }
}
