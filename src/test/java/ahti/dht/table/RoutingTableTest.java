package ahti.dht.table;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import ahti.dht.At;
import ahti.dht.krpc.Contact;
import ahti.dht.krpc.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RoutingTableTest {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Random random = new Random(1);
    private final NodeId self = NodeId.random(random);
    private final RoutingTable table = new RoutingTable(self, false, 0);
    private int hosts;

    @Test
    void knowsNobodyByTalkAlone() {
        Contact stranger = node(0);

        assertThat(table.queried(stranger, 0)).as("worth asking back").isTrue();

        assertThat(table.size()).isZero();
    }

    @Test
    void holdsEightFarNodesAndAllNearOnes() {
        List<Contact> far = answered(20, 0);
        List<Contact> near = new ArrayList<>();
        for (int prefix = 1; prefix < 10; prefix++) {
            near.addAll(answered(3, prefix));
        }

        assertThat(table.latest(1000)).containsAll(far.subList(0, 8)).containsAll(near);
        assertThat(table.size()).isEqualTo(8 + near.size());
        assertThat(table.queried(node(0), 0))
                .as("a far one is worth nothing now")
                .isFalse();
    }

    @Seeds(20)
    void namesTheNearestFirst(long seed) {
        Random any = new Random(seed);
        for (int i = 0; i < 200; i++) {
            table.answered(new Contact(NodeId.random(any), At.port("20.1." + i + ".1", 6881)), 0);
        }
        NodeId target = NodeId.random(any);

        List<Contact> expected = new ArrayList<>(table.latest(1000));
        expected.sort((one, other) -> target.compareDistance(one.id(), other.id()));

        assertThat(table.nearest(target, 8)).isEqualTo(expected.subList(0, 8));
    }

    @Test
    void hasOneNodePerHost() {
        Contact first = node(0);
        table.answered(first, 0);
        table.answered(new Contact(NodeId.random(random), At.port(host(first), 7000)), 0);

        assertThat(table.latest(9)).containsExactly(first);
    }

    @Test
    void hasOneNodePerNetworkOverIpv6() {
        table.answered(new Contact(NodeId.random(random), At.port("2001:db8::1", 1)), 0);
        table.answered(new Contact(NodeId.random(random), At.port("2001:db8::ffff:2", 1)), 0);
        table.answered(new Contact(NodeId.random(random), At.port("2001:db8:1::1", 1)), 0);

        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void takesEachPortOfALocalHostForANode() {
        table.answered(new Contact(NodeId.random(random), At.port("127.0.0.1", 1)), 0);
        table.answered(new Contact(NodeId.random(random), At.port("127.0.0.1", 2)), 0);

        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void followsANodeToItsNewId() {
        Contact first = node(0);
        Contact again = new Contact(self.beside(3, random), first.address());
        table.answered(first, 0);
        table.answered(again, 0);

        assertThat(table.latest(9)).containsExactly(again);
    }

    @Test
    void leavesAnIdToWhoeverHasItWhileHeAnswers() {
        Contact first = node(0);
        Contact thief = new Contact(first.id(), At.port("20.9.9.9", 6881));
        table.answered(first, 0);
        table.answered(thief, 0);
        assertThat(table.latest(9)).containsExactly(first);

        table.failed(first.address());
        table.failed(first.address());
        table.answered(thief, 0);
        assertThat(table.latest(9)).containsExactly(thief);
    }

    @Test
    void keepsOutIdsThatDoNotFitWhereThatIsWanted() {
        RoutingTable strict = new RoutingTable(self, true, 0);
        Contact liar = node(0);
        Contact honest = new Contact(SecureId.of(At.host("20.5.5.5"), random), At.port("20.5.5.5", 1));
        strict.answered(liar, 0);
        strict.answered(honest, 0);

        assertThat(strict.latest(9)).containsExactly(honest);
        assertThat(strict.queried(node(0), 0)).isFalse();
    }

    @Test
    void replacesABadNodeByOneThatWaits() {
        List<Contact> far = answered(9, 0);
        answered(1, 1); // splits: now the far bucket is full for good
        Contact last = node(0);
        table.answered(last, MINUTE);
        table.failed(far.get(0).address());
        assertThat(table.latest(99)).contains(far.get(0)).doesNotContain(last);

        table.failed(far.get(0).address());

        assertThat(table.toAsk(MINUTE)).contains(last);
        table.answered(last, MINUTE);
        assertThat(table.latest(99)).contains(last).doesNotContain(far.get(0));
    }

    @Test
    void asksTheNodeHeardOfLongestAgo() {
        Contact first = node(0);
        Contact second = node(0);
        table.answered(first, 0);
        table.answered(second, MINUTE);
        assertThat(table.toAsk(14 * MINUTE)).isEmpty();

        table.queried(first, 14 * MINUTE);
        assertThat(table.toAsk(17 * MINUTE)).contains(second);
    }

    @Test
    void refreshesWhatNothingHasTouched() {
        answered(20, 0);
        answered(4, 1);
        Optional<NodeId> fresh = table.toRefresh(0, random);
        assertThat(fresh.map(self::sharedPrefix))
                .as("each bucket once at first")
                .contains(0);
        assertThat(table.toRefresh(0, random)).contains(self);
        assertThat(table.toRefresh(14 * MINUTE, random)).isEmpty();
        assertThat(table.toRefresh(15 * MINUTE, random).map(self::sharedPrefix)).contains(0);
    }

    @Test
    void keepsItsNodesWhenItMoves() {
        answered(8, 0);
        answered(8, 5);

        RoutingTable moved = table.movedTo(NodeId.random(random), 0);

        assertThat(moved.latest(99)).containsExactlyInAnyOrderElementsOf(table.latest(99));
    }

    private List<Contact> answered(int count, int prefix) {
        List<Contact> nodes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nodes.add(node(prefix));
            table.answered(nodes.get(i), 0);
        }
        return nodes;
    }

    private Contact node(int prefix) {
        hosts++;
        return new Contact(self.beside(prefix, random), At.port("20.0." + hosts / 250 + "." + hosts % 250, 6881));
    }

    private static String host(Contact contact) {
        return contact.address().getAddress().getHostAddress();
    }
}
