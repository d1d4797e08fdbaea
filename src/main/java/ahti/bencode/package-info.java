/**
 * Bencode, to and from buffers (BEP 3).
 */
@NullMarked
package ahti.bencode;

import org.jspecify.annotations.NullMarked;
