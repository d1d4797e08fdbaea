package ahti.cli.session;

import ahti.engine.AddOptions;
import ahti.engine.TorrentSource;
import java.util.function.Consumer;

/**
 * Which metadata to look for.
 *
 * @param source a magnet link
 * @param rules when to give up
 * @param progress hears how it goes, as a phrase for people; must not wait
 */
public record MetadataPlan(TorrentSource source, AddOptions options, Rules rules, Consumer<String> progress) {}
