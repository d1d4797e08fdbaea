/** Tests of {@code ahti.dht}. */
package ahti.dht;
