package ahti.dht.krpc;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.Seeds;
import java.math.BigInteger;
import java.util.Random;

class NodeIdTest {

    @Seeds(50)
    void measuresDistanceAsANumberWithoutSign(long seed) {
        Random random = new Random(seed);
        NodeId here = NodeId.random(random);
        NodeId one = random.nextBoolean() ? NodeId.random(random) : here.beside(random.nextInt(160), random);
        NodeId other = random.nextBoolean() ? NodeId.random(random) : here.beside(random.nextInt(160), random);

        int expected = distance(here, one).compareTo(distance(here, other));

        assertThat(Integer.signum(here.compareDistance(one, other))).isEqualTo(expected);
        assertThat(here.sharedPrefix(one)).isEqualTo(160 - distance(here, one).bitLength());
        assertThat(NodeId.of(one.toBytes())).isEqualTo(one);
    }

    @Seeds(20)
    void findsAPlaceBesideItself(long seed) {
        Random random = new Random(seed);
        NodeId here = NodeId.random(random);

        for (int bits = 0; bits < NodeId.BITS; bits++) {
            assertThat(here.sharedPrefix(here.beside(bits, random))).isEqualTo(bits);
        }
    }

    private static BigInteger distance(NodeId one, NodeId other) {
        return new BigInteger(1, one.toBytes()).xor(new BigInteger(1, other.toBytes()));
    }
}
