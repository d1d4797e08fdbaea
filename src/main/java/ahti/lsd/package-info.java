/**
 * Local service discovery: peers of the same network, found by shouting into it (BEP 14).
 *
 * <p>One {@link ahti.lsd.LocalDiscovery} serves all torrents of an engine. {@link ahti.lsd.Agenda} decides when which torrent
 * is announced, {@link ahti.lsd.Ears} whom to believe how much; {@link ahti.lsd.Search} is what travels.
 */
@NullMarked
package ahti.lsd;

import org.jspecify.annotations.NullMarked;
