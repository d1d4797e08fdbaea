/** Tests of {@code ahti.dht.lookup}. */
package ahti.dht.lookup;
