/**
 * Rate limits: of a whole engine, and of each torrent within it.
 *
 * <p>Whoever moves payload is a member of the {@link ahti.limit.Allotter} and keeps an {@link ahti.limit.Account} for each
 * direction: it moves bytes first, says what it moved, and moves no more while it owes too much. Many times a second the
 * allotter pays what the limits allow, in fair shares. While nothing is limited, nothing is said.
 *
 * <p>Not for connections to peers only: anything that takes part in a torrent's traffic may join, such as a web seed.
 */
@NullMarked
package ahti.limit;

import org.jspecify.annotations.NullMarked;
