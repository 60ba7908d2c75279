package dev.regista;

/** A database exists under the name asked for, but it, or its sessions, are of another type than asked for. */
public final class WrongTypeException extends RegistaException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what was asked and what is there.
     *
     * @param subject what was looked at, such as {@code database 'graph'}
     * @param asked the type asked for
     * @param actual the type it has
     */
    public WrongTypeException(String subject, Class<?> asked, Class<?> actual) {
        super(subject + " is of type " + actual.getName() + ", not " + asked.getName() + ".");
    }
}
