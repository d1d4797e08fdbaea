/** Tests of {@code ahti.dht.table}. */
package ahti.dht.table;
