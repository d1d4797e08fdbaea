/** Tests of rate limits: pure ones, and the allotter between probes. */
package ahti.limit;
