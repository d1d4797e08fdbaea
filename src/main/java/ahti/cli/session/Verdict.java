package ahti.cli.session;

import ahti.cli.env.ExitCode;

/**
 * Why a session ends.
 *
 * @param sentence for the user; empty when being complete says it all
 */
record Verdict(ExitCode code, String sentence) {

    static final Verdict DONE = new Verdict(ExitCode.OK, "");
}
