package ahti.config;

import com.typesafe.config.Config;

/** {@code ahti.discovery.pex} and its neighbours: see reference.conf for each key. */
public record PexConfig(boolean isOn, int perPeer, int perAddress) {
    public PexConfig {
        if (perPeer < 0 || perAddress < 1) {
            throw new IllegalArgumentException("ahti.discovery: pex-per-peer = " + perPeer
                    + " must be at least 0, pex-per-address = " + perAddress + " at least 1");
        }
    }

    static PexConfig from(Config discovery) {
        return new PexConfig(
                discovery.getBoolean("pex"), discovery.getInt("pex-per-peer"), discovery.getInt("pex-per-address"));
    }
}
