package ahti.dht.node;

import ahti.dht.krpc.Contact;
import ahti.dht.krpc.Family;
import ahti.dht.krpc.KrpcMessage.Answer;
import ahti.dht.krpc.NodeId;
import ahti.dht.krpc.Question;
import ahti.dht.lookup.Lookup;
import java.net.InetSocketAddress;
import java.util.Collection;

/** A lookup under way that looks for nodes, or for {@link Search} for peers. Over when {@link #isOver} says so. */
class Walk implements Errand {
    final Lookup lookup;
    private final Question question;
    private final Errand.Asker asker;
    private boolean stopped;

    Walk(Lookup lookup, Question question, Errand.Asker asker) {
        this.lookup = lookup;
        this.question = question;
        this.asker = asker;
    }

    /** Looks for the nodes nearest to a place. */
    static Walk to(NodeId target, Lookup lookup, Errand.Asker asker) {
        return new Walk(lookup, new Question.FindNode(target), asker);
    }

    /** Begins with these. */
    final void begin(Collection<Contact> contacts, Collection<InetSocketAddress> doors) {
        lookup.heardOf(contacts);
        lookup.heardOfDoors(doors);
        goOn();
    }

    /** Asks nobody else. */
    final void stop() {
        stopped = true;
    }

    private void goOn() {
        if (stopped) {
            return;
        }
        lookup.next().forEach(address -> asker.ask(address, question, this));
    }

    boolean isOver() {
        return lookup.isDone();
    }

    @Override
    public void answered(InetSocketAddress from, Answer answer) {
        lookup.answered(from, answer.sender(), answer.nodes(Family.of(from)), answer.token());
        goOn();
    }

    @Override
    public final void slow(InetSocketAddress from) {
        lookup.slow(from);
        goOn();
    }

    @Override
    public final void failed(InetSocketAddress from) {
        lookup.failed(from);
        goOn();
    }
}
