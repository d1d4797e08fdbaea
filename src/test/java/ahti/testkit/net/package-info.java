/** Tests. */
package ahti.testkit.net;
