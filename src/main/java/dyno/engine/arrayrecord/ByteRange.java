package dyno.engine.arrayrecord;

/// A part of an array: read where it is, never copied or kept. Where one is made for a call that is inlined, the
/// JIT makes no object of it.
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record ByteRange(byte[] bytes, int from, int length) {}
