package dyno.web;

/// Builds JSON Pointers (RFC 6901).
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901</a>
public final class Pointer {

    /// The whole body.
    public static final String ROOT = "";

    private Pointer() {}

    /// The member `name` of the object at `parent`; `~` and `/` in names are escaped.
    public static String member(String parent, String name) {
        return parent + '/' + name.replace("~", "~0").replace("/", "~1");
    }

    /// The element at the 0-based `index` of the array at `parent`.
    public static String element(String parent, int index) {
        return parent + '/' + index;
    }
}
