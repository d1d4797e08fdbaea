package ahti.metainfo;

/** How urgently a file is wanted. What is more urgent is fetched first, wherever a peer has it. */
public enum FilePriority {
    /** Not at all. Of pieces that it shares with a wanted file its bytes are fetched, and kept out of sight. */
    OFF,
    /** After everything else. */
    LOW,
    /** As usual. */
    NORMAL,
    /** Before everything else. */
    HIGH
}
