package dyno.catalog;

import dyno.web.Pointer;

/// Where a value stands: in the words of a message, and in the request.
///
/// @param path    dotted path from the workload, `input.generate.scale`, `extract[2]`; empty for all of it
/// @param pointer JSON Pointer from the root of the request
record Place(String path, String pointer) {

    Place member(String name) {
        return new Place(path.isEmpty() ? name : path + '.' + name, Pointer.member(pointer, name));
    }

    Place element(int index) {
        return new Place(path + '[' + index + ']', Pointer.element(pointer, index));
    }
}
