package ahti.tracker;

import ahti.core.InfoHash;

/** One scrape (BEP 48, over UDP BEP 15): how large is the swarm of this torrent? */
record ScrapeRequest(int number, InfoHash infoHash) implements Errand {}
