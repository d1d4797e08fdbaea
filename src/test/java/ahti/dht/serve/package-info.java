/** Tests of {@code ahti.dht.serve}. */
package ahti.dht.serve;
