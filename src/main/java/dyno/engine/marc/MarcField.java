package dyno.engine.marc;

/// A field of a [MarcRecord].
sealed interface MarcField {

    String tag();

    /// A field with a bare value.
    record ControlField(String tag, String value) implements MarcField {}

    /// A field with two indicators and subfields.
    final class DataField implements MarcField {

        private final String tag;
        private final char firstIndicator;
        private final char secondIndicator;
        private final Subfield[] subfields;

        /// @param subfields not changed any more by whoever made them
        DataField(String tag, char firstIndicator, char secondIndicator, Subfield[] subfields) {
            this.tag = tag;
            this.firstIndicator = firstIndicator;
            this.secondIndicator = secondIndicator;
            this.subfields = subfields;
        }

        @Override
        public String tag() {
            return tag;
        }

        char firstIndicator() {
            return firstIndicator;
        }

        char secondIndicator() {
            return secondIndicator;
        }

        /// Not to be changed.
        Subfield[] subfields() {
            return subfields;
        }
    }

    record Subfield(char code, String value) {}
}
