/**
 * Bencode, to and from buffers (BEP 3).
 *
 * <p>{@link ahti.bencode.BencodeReader} checks a whole message once and then hands out views of the original bytes, so
 * that a hash over a value is a hash over what was really sent. {@link ahti.bencode.DictBuilder} and
 * {@link ahti.bencode.ListBuilder} write canonical bencode.
 */
@NullMarked
package ahti.bencode;

import org.jspecify.annotations.NullMarked;
