package ahti.dht.serve;

import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.pekko.util.ByteString;

/**
 * What a node must show to announce: proof that it received our answer at the address it announces (BEP 5). Nothing is kept
 * for it: a token is a hash of the address and a secret. The secret changes; the one before is good, too, so that a token
 * lives for one to two of its lifetimes.
 */
final class Tokens {
    private static final int SECRET = 20;
    private static final int LENGTH = 8;

    private final RandomGenerator random;
    private final long lifetime;
    private byte[] secret;
    private byte[] secretBefore;
    private long changed;

    Tokens(Duration lifetime, RandomGenerator random, long now) {
        this.random = random;
        this.lifetime = lifetime.toNanos();
        this.secret = fresh();
        this.secretBefore = fresh();
        this.changed = now;
    }

    ByteString give(InetAddress address, long now) {
        rotate(now);
        return ByteString.fromArrayUnsafe(token(secret, address));
    }

    boolean isOurs(ByteString token, InetAddress address, long now) {
        rotate(now);
        byte[] shown = token.toArray();
        return MessageDigest.isEqual(shown, token(secret, address))
                || MessageDigest.isEqual(shown, token(secretBefore, address));
    }

    private void rotate(long now) {
        long age = now - changed;
        if (age >= lifetime) {
            secretBefore = age >= 2 * lifetime ? fresh() : secret;
            secret = fresh();
            changed = now;
        }
    }

    private byte[] fresh() {
        byte[] bytes = new byte[SECRET];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] token(byte[] secret, InetAddress address) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(secret);
            return Arrays.copyOf(sha1.digest(address.getAddress()), LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
