package dev.forgeway.decide.packageconfig;

import dev.forgeway.error.UserErrorException;

/** The package config cannot be used as it is; the message says where, what and how to correct it. */
public class InvalidPackageConfigException extends UserErrorException {

    private static final long serialVersionUID = 1L;

    private final String path;
    private final int line;
    private final int column;
    private final String problem;
    private final String hint;

    /**
     * @param path the file ("packit.yaml")
     * @param line counted from 1
     * @param column counted from 1
     * @param problem what is wrong
     * @param hint what to write instead
     */
    public InvalidPackageConfigException(String path, int line, int column, String problem, String hint) {
        super(path + ", line " + line + ", column " + column + ": " + problem + "; " + hint);
        this.path = path;
        this.line = line;
        this.column = column;
        this.problem = problem;
        this.hint = hint;
    }

    public String path() {
        return path;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    public String problem() {
        return problem;
    }

    public String hint() {
        return hint;
    }
}
