/**
 * Verifying whole pieces, on a dispatcher of its own.
 *
 * <p>Fed by {@code torrent} with pieces that the picker filled. Start at {@link ahti.hash.PieceHasher}.
 */
@NullMarked
package ahti.hash;

import org.jspecify.annotations.NullMarked;
