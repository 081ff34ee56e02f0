package dyno.job;

/// What a node has room for right now.
///
/// @param measure    whether it runs nothing and holds the host's lock
/// @param smokeBytes memory left for one more smoke job; negative where it must start none
record Room(boolean measure, long smokeBytes) {

    static final Room NONE = new Room(false, -1);
}
