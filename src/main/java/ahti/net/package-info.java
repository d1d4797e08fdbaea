/**
 * Dialling and accepting: a flow of bytes per connection, whatever carries it.
 */
@NullMarked
package ahti.net;

import org.jspecify.annotations.NullMarked;
