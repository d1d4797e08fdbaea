/**
 * What an address is worth, and which one is ours: others tell us, and no single one of them is believed.
 *
 * <p>{@link ahti.net.place.Whereabouts} is where all of an engine say what they were told, and hear what most were told.
 */
@NullMarked
package ahti.net.place;

import org.jspecify.annotations.NullMarked;
