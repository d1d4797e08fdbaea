package ahti.webseed;

import ahti.metainfo.FileEntry;
import ahti.metainfo.Metainfo;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Where a web seed has the files of a torrent (BEP 19). */
final class SeedUrl {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private final String url;
    private final Metainfo metainfo;

    SeedUrl(String url, Metainfo metainfo) {
        this.url = url;
        this.metainfo = metainfo;
    }

    /**
     * Where one file is; empty when the URL is none. The one file of a torrent is at the URL itself, unless that ends with a
     * slash; several are below it, whether it ends with one or not.
     *
     * @param file index into the torrent's files
     */
    Optional<URI> of(int file) {
        FileEntry entry = metainfo.files().get(file);
        boolean single = entry.path().size() == 1;
        StringBuilder whole = new StringBuilder(url);
        if (!single && !url.endsWith("/")) {
            whole.append('/');
        }
        if (!single || url.endsWith("/")) {
            List<String> names = names(entry);
            for (int i = 0; i < names.size(); i++) {
                whole.append(i == 0 ? "" : "/").append(encoded(names.get(i)));
            }
        }
        try {
            URI uri = URI.create(whole.toString());
            return uri.getHost() == null ? Optional.empty() : Optional.of(uri);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As they were published, unless these would lead elsewhere. */
    private static List<String> names(FileEntry entry) {
        boolean leadsAway =
                entry.published().stream().anyMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
        return leadsAway ? entry.path() : entry.published();
    }

    private static String encoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= 0 && UNRESERVED.indexOf(octet) >= 0) {
                encoded.append((char) octet);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit((octet >> 4) & 15, 16)))
                        .append(Character.toUpperCase(Character.forDigit(octet & 15, 16)));
            }
        }
        return encoded.toString();
    }
}
