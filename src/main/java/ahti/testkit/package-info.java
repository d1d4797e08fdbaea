/**
 * What tests of swarms need, published for embedders: small trackers, scripted peers, virtual time.
 */
@NullMarked
package ahti.testkit;

import org.jspecify.annotations.NullMarked;
