package ahti.tracker;

import ahti.core.InfoHash;

/** What is asked of a tracker. */
sealed interface Errand permits AnnounceRequest, ScrapeRequest {
    /** Tells the errands of one tracker apart: an answer is taken only for the newest. */
    int number();

    /** The torrent that it is about. */
    InfoHash infoHash();
}
