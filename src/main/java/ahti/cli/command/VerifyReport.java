package ahti.cli.command;

import ahti.cli.env.Json;
import ahti.disk.FileStore;
import ahti.disk.Verdicts;
import ahti.metainfo.FileEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code verify} prints on standard output: the damage, file by file. */
record VerifyReport(FileStore store, DataPlace place, Verdicts verdicts) {

    /** One line per damaged run, with tabs between: {@code damaged|missing}, path, from, to. */
    String lines() {
        StringBuilder lines = new StringBuilder();
        for (Verdicts.Damage damage : verdicts.damages()) {
            FileEntry file = place.metainfo().files().get(damage.file());
            lines.append(status(file)).append('\t').append(path(file)).append('\t');
            lines.append(damage.from()).append('\t').append(damage.to()).append('\n');
        }
        return lines.toString();
    }

    Json json() {
        int all = place.metainfo().layout().pieces();
        int good = verdicts.good().count();
        int missing = verdicts.missing().count();
        return new Json()
                .put("name", place.metainfo().name())
                .put("infoHashV1", place.metainfo().infoHash().hex())
                .put("path", place.root())
                .put("ok", verdicts.isAllGood())
                .put("pieces", all)
                .put("good", good)
                .put("bad", all - good - missing)
                .put("missing", missing)
                .put("files", files());
    }

    private List<Json> files() {
        Map<Integer, List<Json>> runs = new LinkedHashMap<>();
        for (Verdicts.Damage damage : verdicts.damages()) {
            runs.computeIfAbsent(damage.file(), file -> new ArrayList<>())
                    .add(new Json().put("from", damage.from()).put("to", damage.to()));
        }
        List<Json> files = new ArrayList<>();
        runs.forEach((index, damaged) -> {
            FileEntry file = place.metainfo().files().get(index);
            files.add(new Json()
                    .put("path", path(file))
                    .put("status", status(file))
                    .put("damaged", damaged));
        });
        return files;
    }

    private String status(FileEntry file) {
        return place.isThere(store, file) ? "damaged" : "missing";
    }

    private static String path(FileEntry file) {
        return String.join("/", file.path());
    }
}
