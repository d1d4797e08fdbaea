/**
 * What to ask of whom: rarest first, pieces in progress, endgame, and the ledger of who owes which block.
 *
 * <p>Stands between {@code peer} and {@code hash} on the way of a block. Start at {@link ahti.picker.PiecePicker}.
 */
@NullMarked
package ahti.picker;

import org.jspecify.annotations.NullMarked;
