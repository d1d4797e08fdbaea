package ahti.cli.command;

import ahti.cli.env.CommandFailure;
import ahti.cli.env.Env;
import ahti.cli.env.ExitCode;
import ahti.core.Limits;
import ahti.disk.TorrentFiles;
import ahti.metainfo.Metainfo;
import ahti.metainfo.MetainfoReader;
import ahti.metainfo.ReadResult;
import java.util.Locale;

/** Reads what the user names as SOURCE; every way to fail has its exit code and one line. */
final class Sources {
    private final Env env;
    private final Limits limits;
    private final Web web;

    /** Where a URL leads to; its failures are {@link CommandFailure}s. */
    @FunctionalInterface
    interface Web {
        byte[] fetch(String url) throws InterruptedException;
    }

    /** For a command that has nothing to do with networks. */
    Sources(Env env, Limits limits) {
        this(env, limits, url -> {
            throw new CommandFailure(
                    ExitCode.NOT_FOUND,
                    "a .torrent file is needed here, and a URL is none: 'ahti info URL -o FILE.torrent' makes one");
        });
    }

    Sources(Env env, Limits limits, Web web) {
        this.env = env;
        this.limits = limits;
        this.web = web;
    }

    /** A torrent that can be downloaded or verified. */
    Metainfo torrent(String source) throws InterruptedException {
        ReadResult result = read(source);
        if (result instanceof ReadResult.Ok ok) {
            return ok.metainfo();
        }
        throw new CommandFailure(
                ExitCode.UNSUPPORTED,
                source + ": a torrent for BitTorrent v2 alone is not supported yet (hybrid and v1 torrents are)");
    }

    /** Anything that can be described: never {@link ReadResult.NotBencode} or {@link ReadResult.Bad}. */
    ReadResult read(String source) throws InterruptedException {
        return read(source, bytes(source));
    }

    /** As {@link #read(String)}, of bytes that are here already; {@code source} is how the user calls them. */
    ReadResult read(String source, byte[] bytes) {
        ReadResult result = MetainfoReader.read(bytes, limits);
        if (result instanceof ReadResult.NotBencode not) {
            throw new CommandFailure(ExitCode.NOT_BENCODE, source + ": " + not.describe());
        }
        if (result instanceof ReadResult.Bad bad) {
            throw new CommandFailure(ExitCode.BAD_METAINFO, source + ": " + bad.describe());
        }
        return result;
    }

    /** The whole file. */
    byte[] bytes(String source) throws InterruptedException {
        if (WebSource.isUrl(source)) {
            return web.fetch(source);
        }
        refuseLinks(source);
        TorrentFiles.ReadResult result = source.equals("-")
                ? TorrentFiles.readStdin(env.stdin(), limits.torrentFileBytes())
                : TorrentFiles.read(env.path(source), limits);
        if (result instanceof TorrentFiles.Content content) {
            return content.bytes();
        }
        if (result instanceof TorrentFiles.NotFound) {
            throw new CommandFailure(ExitCode.NOT_FOUND, source + ": no such file" + hint(source));
        }
        if (result instanceof TorrentFiles.TooLarge large) {
            throw new CommandFailure(
                    ExitCode.BAD_METAINFO,
                    source + ": more than " + large.limit() + " bytes, the most that a torrent may have"
                            + " (limits.torrent-file)");
        }
        throw new CommandFailure(
                ExitCode.DISK, ((TorrentFiles.Unreadable) result).problem().describe());
    }

    private static void refuseLinks(String source) {
        String lower = source.toLowerCase(Locale.ROOT);
        if (lower.startsWith("magnet:") || lower.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
            throw new CommandFailure(
                    ExitCode.NOT_FOUND,
                    "a .torrent file is needed here, and a link is none: 'ahti info LINK -o FILE.torrent' makes one");
        }
    }

    /** A word without dot or slash was perhaps meant as a command. */
    private static String hint(String source) {
        return source.matches("[a-z]+") ? ", and no such command (see 'ahti --help')" : "";
    }
}
