package ahti.metainfo;

import ahti.bencode.BencodeDict;
import ahti.core.InfoHash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Info hashes, over the original bytes of an info dictionary: never over bytes written again. */
final class InfoHashes {
    private InfoHashes() {}

    static InfoHash v1(BencodeDict info) {
        return v1(info.original());
    }

    static InfoHash v1(ByteBuffer info) {
        return InfoHash.v1(digest("SHA-1", info));
    }

    static InfoHash v2(BencodeDict info) {
        return InfoHash.v2(digest("SHA-256", info.original()));
    }

    private static byte[] digest(String algorithm, ByteBuffer info) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(info);
            return digest.digest();
        } catch (NoSuchAlgorithmException every) {
            throw new IllegalStateException("every Java has " + algorithm, every);
        }
    }
}
