package ahti.dht.node;

import ahti.dht.krpc.KrpcMessage.Answer;
import ahti.dht.krpc.NodeId;
import ahti.dht.krpc.Question;
import ahti.dht.lookup.Lookup;
import ahti.net.place.Addresses;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.apache.pekko.util.ByteString;

/** Looks for the peers of a torrent, and then announces us to the nodes nearest to it, if that is wanted. */
final class Search extends Walk {
    /** Peers passed on by one search; liars could go on without end. */
    static final int MOST_PEERS = 2_000;

    private final DhtNode.Seek wish;
    private final Errand.Asker asker;
    private final Keeper keeper;
    private final Predicate<InetSocketAddress> isOurs;
    private final BiConsumer<Long, List<InetSocketAddress>> found;
    private final Set<InetSocketAddress> peers = new LinkedHashSet<>();
    private boolean announcing;
    private int unanswered;
    private int announced;

    /** Keeps our own announce where we are one of the nodes to keep it. */
    @FunctionalInterface
    interface Keeper {
        /** {@code holders} are the other nodes that will. */
        void keepOwn(NodeId infoHash, int port, List<Lookup.Holder> holders);
    }

    /** {@code found} is told each peer once; ourselves, whom others name as well, it is not told. */
    Search(
            DhtNode.Seek wish,
            Lookup lookup,
            Errand.Asker asker,
            Keeper keeper,
            Predicate<InetSocketAddress> isOurs,
            BiConsumer<Long, List<InetSocketAddress>> found) {
        super(lookup, new Question.GetPeers(wish.infoHash()), asker);
        this.wish = wish;
        this.asker = asker;
        this.keeper = keeper;
        this.isOurs = isOurs;
        this.found = found;
    }

    DhtNode.Seek wish() {
        return wish;
    }

    @Override
    public void answered(InetSocketAddress from, Answer answer) {
        heardOf(answer.peers().stream()
                .filter(peer -> Addresses.mayName(from, peer))
                .toList());
        super.answered(from, answer);
    }

    /** Peers of the torrent, whoever named them. */
    void heardOf(List<InetSocketAddress> named) {
        List<InetSocketAddress> fresh = named.stream()
                .filter(peer -> !isOurs.test(peer))
                .filter(peer -> peers.size() < MOST_PEERS && peers.add(peer))
                .toList();
        if (!fresh.isEmpty()) {
            found.accept(wish.ticket(), fresh);
        }
    }

    @Override
    boolean isOver() {
        if (!lookup.isDone()) {
            return false;
        }
        if (!announcing && wish.announce().isPresent()) {
            announcing = true;
            announce(wish.announce().getAsInt());
        }
        return unanswered == 0;
    }

    private void announce(int port) {
        List<Lookup.Holder> holders = lookup.holders();
        keeper.keepOwn(wish.infoHash(), port, holders);
        unanswered = holders.size();
        for (Lookup.Holder holder : holders) {
            ByteString token = holder.token();
            asker.ask(
                    holder.contact().address(),
                    new Question.AnnouncePeer(wish.infoHash(), port, false, token),
                    new Announce());
        }
    }

    DhtNode.Ended ended() {
        return new DhtNode.Ended(wish.ticket(), lookup.askedCount(), lookup.answeredCount(), peers.size(), announced);
    }

    private final class Announce implements Errand {
        @Override
        public void answered(InetSocketAddress from, Answer answer) {
            unanswered--;
            announced++;
        }

        @Override
        public void failed(InetSocketAddress from) {
            unanswered--;
        }
    }
}
