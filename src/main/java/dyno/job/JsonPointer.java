package dyno.job;

/// RFC 6901 pointers into the body of a submission.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901</a>
final class JsonPointer {

    private JsonPointer() {}

    /// The member `name` of what stands at `parent`.
    static String child(String parent, String name) {
        return parent + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    static String child(String parent, int index) {
        return parent + "/" + index;
    }

    /// The field at a dotted path below `parent`.
    static String field(String parent, String dottedPath) {
        return parent + "/" + dottedPath.replace("~", "~0").replace("/", "~1").replace('.', '/');
    }
}
