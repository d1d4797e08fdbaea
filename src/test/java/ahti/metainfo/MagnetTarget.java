package ahti.metainfo;

import static org.assertj.core.api.Assertions.assertThat;

import ahti.core.Limits;
import ahti.fuzz.FuzzTarget;
import ahti.fuzz.FuzzTargets;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Any link: what is read can be written as a link that says the same. */
public final class MagnetTarget implements FuzzTarget {
    private static final int FILES = 5_000;

    @Override
    public String name() {
        return "magnet";
    }

    @Override
    public void check(byte[] input) {
        MagnetResult result = MagnetReader.read(new String(input, StandardCharsets.UTF_8), Limits.DEFAULT);
        if (result instanceof MagnetResult.Bad bad) {
            FuzzTargets.assertFitToShow(bad.reason());
        } else if (result instanceof MagnetResult.Ok ok) {
            checkLink(ok.magnet());
        }
    }

    private static void checkLink(Magnet link) {
        FuzzTargets.assertFitToShow(link.title());
        link.trackers().forEach(FuzzTargets::assertFitToShow);
        link.webSeeds().forEach(FuzzTargets::assertFitToShow);
        link.peers().forEach(FuzzTargets::assertFitToShow);
        assertThat(link.selected(FILES)).allMatch(file -> file >= 0 && file < FILES);
        Magnet whole = new Magnet(
                link.infoHash(),
                link.infoHashV2(),
                link.name(),
                link.trackers(),
                link.peers(),
                link.webSeeds(),
                List.of());
        String uri = link.toUri();
        FuzzTargets.assertFitToShow(uri);
        assertThat(MagnetReader.read(uri, Limits.DEFAULT)).isEqualTo(new MagnetResult.Ok(whole));
    }
}
