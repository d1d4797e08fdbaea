package ahti.cli.command;

import ahti.core.ByteCount;
import ahti.metainfo.FileEntry;
import ahti.metainfo.Renaming;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A description for people: facts, then the files as a tree. */
final class InfoText {
    private static final int LABEL = 14;

    /** Characters that are printed at once: a torrent may have hundreds of megabytes to say. */
    private static final int PORTION = 1 << 16;

    private final PrintStream out;
    private final StringBuilder text = new StringBuilder();

    private InfoText(PrintStream out) {
        this.out = out;
    }

    static void print(Description torrent, PrintStream out) {
        InfoText info = new InfoText(out);
        info.facts(torrent);
        info.tree(torrent.files());
        info.flush();
    }

    private void flush() {
        out.print(text);
        text.setLength(0);
    }

    private void facts(Description torrent) {
        fact("name", torrent.name());
        fact("info hash v1", torrent.infoHashV1());
        fact("info hash v2", torrent.infoHashV2());
        fact("protocol", torrent.protocol().name().toLowerCase(Locale.ROOT));
        fact("size", new ByteCount(torrent.size()) + " (" + torrent.size() + " bytes)");
        fact("pieces", torrent.pieces() + " of " + new ByteCount(torrent.pieceLength()));
        if (torrent.isPrivate()) {
            fact("private", "yes: peers come from its trackers only");
        }
        int tier = 1;
        for (List<String> urls : torrent.trackers()) {
            fact(torrent.trackers().size() > 1 ? "tracker " + tier++ : "tracker", String.join("  ", urls));
        }
        torrent.webSeeds().forEach(url -> fact("web seed", url));
        fact("comment", torrent.comment());
        fact("source", torrent.source());
        fact("created by", torrent.createdBy());
        fact("created", torrent.createdAt().map(Object::toString));
        for (Renaming renaming : torrent.renamings()) {
            fact("renamed", renaming.theirs() + " -> " + renaming.ours() + " (" + renaming.reason() + ")");
        }
        fact("files", String.valueOf(torrent.files().size()));
    }

    private void tree(List<FileEntry> files) {
        List<String> open = List.of();
        for (FileEntry file : files) {
            List<String> directories = file.path().subList(0, file.path().size() - 1);
            int same = 0;
            while (same < Math.min(open.size(), directories.size())
                    && open.get(same).equals(directories.get(same))) {
                same++;
            }
            for (int depth = same; depth < directories.size(); depth++) {
                line(depth, directories.get(depth) + "/");
            }
            open = directories;
            String name = file.path().get(directories.size());
            line(directories.size(), name + "  " + new ByteCount(file.length()));
        }
    }

    private void fact(String label, Optional<String> value) {
        value.ifPresent(there -> fact(label, there));
    }

    private void fact(String label, String value) {
        text.append(label)
                .append(" ".repeat(Math.max(1, LABEL - label.length())))
                .append(value)
                .append('\n');
    }

    private void line(int depth, String content) {
        text.append("  ".repeat(depth + 1)).append(content).append('\n');
        if (text.length() >= PORTION) {
            flush();
        }
    }
}
