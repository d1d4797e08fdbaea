/**
 * Addresses that the user will not talk to: read from lists in the formats that are in use, and held where connections are
 * made. Start at {@link ahti.net.filter.BlockList}.
 */
@NullMarked
package ahti.net.filter;

import org.jspecify.annotations.NullMarked;
