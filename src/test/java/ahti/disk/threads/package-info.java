/** Threads that hang. */
package ahti.disk.threads;
