/** What the disk does to files: real ones in temporary directories, and simulated faults. */
package ahti.disk;
