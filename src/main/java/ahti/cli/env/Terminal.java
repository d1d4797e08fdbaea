package ahti.cli.env;

/** What our streams lead to. Asked only by commands that draw, for asking costs a process. */
public interface Terminal {

    /** The width taken where none can be measured. */
    int DEFAULT_WIDTH = 80;

    /** Whether standard output is a terminal. */
    boolean stdoutIsTerminal();

    /** Whether standard error is a terminal. */
    boolean stderrIsTerminal();

    /** The height taken where none can be measured. */
    int DEFAULT_HEIGHT = 24;

    /** Columns, measured now. */
    int width();

    /** Rows, measured now. */
    int height();

    /** Takes the keys of standard input, until they are given back; none where it is no terminal. */
    Keyboard keyboard();
}
