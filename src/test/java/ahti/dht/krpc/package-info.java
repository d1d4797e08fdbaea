/** Tests of {@code ahti.dht.krpc}. */
package ahti.dht.krpc;
