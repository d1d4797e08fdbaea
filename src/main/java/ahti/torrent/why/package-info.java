/**
 * Why a torrent waits and why a peer is treated as it is: each reason a record with what it was found from, and one phrase
 * for people. Nothing here decides anything; whoever decides makes the reason.
 *
 * <p>Start at {@link ahti.torrent.why.WaitReason} and {@link ahti.torrent.why.PeerWhy}.
 */
@NullMarked
package ahti.torrent.why;

import org.jspecify.annotations.NullMarked;
