package ahti.dht.node;

import ahti.dht.krpc.KrpcMessage.Answer;
import ahti.dht.krpc.Question;
import ahti.dht.lookup.Lookup;
import ahti.dht.table.Addresses;
import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.pekko.util.ByteString;

/** Looks for the peers of a torrent, and then announces us to the nodes nearest to it, if that is wanted. */
final class Search extends Walk {
    /** Peers passed on by one search; liars could go on without end. */
    static final int MOST_PEERS = 2_000;

    private final DhtNode.Seek wish;
    private final Errand.Asker asker;
    private final BiConsumer<Long, List<InetSocketAddress>> found;
    private final Set<InetSocketAddress> peers = new LinkedHashSet<>();
    private boolean announcing;
    private int unanswered;
    private int announced;

    /** {@code found} is told each peer once. */
    Search(DhtNode.Seek wish, Lookup lookup, Errand.Asker asker, BiConsumer<Long, List<InetSocketAddress>> found) {
        super(lookup, new Question.GetPeers(wish.infoHash()), asker);
        this.wish = wish;
        this.asker = asker;
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
