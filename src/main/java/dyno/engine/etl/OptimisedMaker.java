package dyno.engine.etl;

/// Makes optimised users as objects. Immutable; safe for any number of threads.
record OptimisedMaker(DrawStream draws) implements RecordMaker<OptimisedUser> {

    private static final byte[] DOMAIN = {'@', 'e', '.', 'c', 'o', 'm'};

    @Override
    public OptimisedUser make(long id) {
        long start = draws.start(id);
        int digits = Decimal.digits(id);
        var username = new byte[1 + digits];
        username[0] = 'u';
        Decimal.write(username, 1, id);
        var email = new byte[username.length + DOMAIN.length];
        System.arraycopy(username, 0, email, 0, username.length);
        System.arraycopy(DOMAIN, 0, email, username.length, DOMAIN.length);
        return new OptimisedUser(
                id,
                DrawStream.draw(start, 3),
                id * OptimisedColumns.HASH_FACTOR,
                username,
                email,
                (byte) DrawStream.integer(start, 1, 18, 80),
                (byte) DrawStream.integer(start, 2, 0, 10),
                (short) DrawStream.integer(start, 4, 10, 100),
                (short) DrawStream.integer(start, 5, 5, 50),
                (short) DrawStream.integer(start, 6, 1, 20),
                (short) DrawStream.integer(start, 7, 10, 500));
    }
}
