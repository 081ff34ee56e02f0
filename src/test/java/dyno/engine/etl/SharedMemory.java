package dyno.engine.etl;

import java.lang.reflect.Array;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/// Finds arrays that two records share.
final class SharedMemory {

    private SharedMemory() {}

    static Set<Object> of(Object one, Object other) {
        var ofOne = arrays(one);
        ofOne.retainAll(arrays(other));
        return ofOne;
    }

    private static Set<Object> arrays(Object root) {
        Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());
        walk(root, found);
        return found;
    }

    private static void walk(Object value, Set<Object> found) {
        if (value == null) {
            return;
        }
        if (value.getClass().isArray()) {
            if (found.add(value) && !value.getClass().getComponentType().isPrimitive()) {
                for (int i = 0; i < Array.getLength(value); i++) {
                    walk(Array.get(value, i), found);
                }
            }
        } else if (value instanceof Record) {
            for (var component : value.getClass().getRecordComponents()) {
                try {
                    component.getAccessor().setAccessible(true);
                    walk(component.getAccessor().invoke(value), found);
                } catch (ReflectiveOperationException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }
}
