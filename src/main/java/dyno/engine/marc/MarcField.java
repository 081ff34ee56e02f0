package dyno.engine.marc;

/// A field of a [MarcRecord].
sealed interface MarcField {

    String tag();

    /// A field with a bare value.
    record ControlField(String tag, String value) implements MarcField {}

    /// A field with two indicators and subfields; the list is not to be changed.
    record DataField(String tag, char firstIndicator, char secondIndicator, Subfield[] subfields)
            implements MarcField {}

    record Subfield(char code, String value) {}
}
