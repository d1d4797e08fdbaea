/**
 * Web seeds (BEP 19): files of the torrent on ordinary web servers, fetched as if from a peer that has everything. Commands of
 * the picker become requests for ranges. Start at {@link ahti.webseed.WebSeed}.
 */
@NullMarked
package ahti.webseed;

import org.jspecify.annotations.NullMarked;
