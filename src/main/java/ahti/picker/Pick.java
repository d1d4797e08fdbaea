package ahti.picker;

/**
 * A run of blocks of one piece that a peer was asked for, one after the other, for one reason.
 *
 * @param piece index of the piece
 * @param blocks how many, so far
 * @param reason why this piece, when the run began
 */
public record Pick(int piece, int blocks, PickReason reason) {

    /** One phrase for people. */
    public String sentence() {
        return "piece " + piece + ", " + blocks + (blocks == 1 ? " block: " : " blocks: ") + reason.sentence();
    }
}
