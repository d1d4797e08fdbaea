/** Tests of computed torrents. */
package ahti.testkit.content;
