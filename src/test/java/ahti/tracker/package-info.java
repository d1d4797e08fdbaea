/** Tests of announcing: codecs and decisions by themselves, actors on manual time with scripted trackers. */
package ahti.tracker;
