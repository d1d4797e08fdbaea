/**
 * What must hold of every decoder, whatever bytes it is given: {@link ahti.fuzz.FuzzTarget}s, one per kind of input, beside the
 * decoders that they feed. The ordinary check feeds them their corpus and a few mutations of it; {@code scripts/fuzz} looks for
 * inputs that reach more.
 */
package ahti.fuzz;
