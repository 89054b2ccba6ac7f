package org.rollcall.store;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// How the values of a column stand in a stream of rows, whatever the database is.
enum RowFormat {
    NUMBER,
    DOUBLE,
    BOOLEAN,
    TEXT,
    UUID,
    TIME,
    BYTES,
    NUMBERS,
    UUIDS;

    /// Some hundred thousand years: nobody wrote a time beyond.
    private static final long FAR_SECONDS = 10_000_000_000_000L;
    private static final int MOST_BYTES = 256 * 1024 * 1024;
    private static final int MOST_ELEMENTS = 20_000_000;

    /// @param type as the driver names it
    /// @throws IllegalArgumentException no column of ours has such a type
    static RowFormat of(String type) {
        return switch (type.toUpperCase(Locale.ROOT)) {
            case "BIGINT", "INTEGER", "SMALLINT", "INT8", "INT4", "INT2", "BIGSERIAL" -> NUMBER;
            case "DOUBLE PRECISION", "FLOAT8" -> DOUBLE;
            case "BOOLEAN", "BOOL" -> BOOLEAN;
            case "CHARACTER VARYING", "VARCHAR", "TEXT" -> TEXT;
            case "UUID" -> UUID;
            case "TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ" -> TIME;
            case "BINARY VARYING", "BYTEA" -> BYTES;
            case "BIGINT ARRAY", "_INT8" -> NUMBERS;
            case "UUID ARRAY", "_UUID" -> UUIDS;
            default -> throw new IllegalArgumentException(type);
        };
    }

    /// @param value as the driver gives it
    void write(@Nullable Object value, DataOutputStream out) throws IOException {
        out.writeBoolean(value != null);
        if (value == null) {
            return;
        }
        switch (this) {
            case NUMBER -> out.writeLong(((Number) value).longValue());
            case DOUBLE -> out.writeDouble(((Number) value).doubleValue());
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case TEXT -> bytes(value.toString().getBytes(StandardCharsets.UTF_8), out);
            case UUID -> uuid((UUID) value, out);
            case TIME -> {
                Instant instant = ((OffsetDateTime) value).toInstant();
                out.writeLong(instant.getEpochSecond());
                out.writeInt(instant.getNano());
            }
            case BYTES -> bytes((byte[]) value, out);
            case NUMBERS -> {
                out.writeInt(((Object[]) value).length);
                for (Object each : (Object[]) value) {
                    out.writeLong(((Number) each).longValue());
                }
            }
            case UUIDS -> {
                out.writeInt(((Object[]) value).length);
                for (Object each : (Object[]) value) {
                    uuid((UUID) each, out);
                }
            }
        }
    }

    /// @return as the driver takes it
    /// @throws IOException no such value was written
    @Nullable
    Object read(DataInputStream in) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        return switch (this) {
            case NUMBER -> in.readLong();
            case DOUBLE -> in.readDouble();
            case BOOLEAN -> in.readBoolean();
            case TEXT -> new String(bytes(in), StandardCharsets.UTF_8);
            case UUID -> new UUID(in.readLong(), in.readLong());
            case TIME -> {
                long seconds = in.readLong();
                int nanos = in.readInt();
                if (nanos < 0 || nanos > 999_999_999 || Math.abs(seconds) > FAR_SECONDS) {
                    throw new IOException("no time");
                }
                yield Instant.ofEpochSecond(seconds, nanos).atOffset(ZoneOffset.UTC);
            }
            case BYTES -> bytes(in);
            case NUMBERS -> {
                // Grows as it is read: a length is only what somebody says.
                int length = length(in, MOST_ELEMENTS);
                Long[] all = new Long[Math.min(length, 1024)];
                for (int i = 0; i < length; i++) {
                    all = i < all.length ? all : Arrays.copyOf(all, Math.min(length, all.length * 2));
                    all[i] = in.readLong();
                }
                yield all;
            }
            case UUIDS -> {
                int length = length(in, MOST_ELEMENTS);
                UUID[] all = new UUID[Math.min(length, 1024)];
                for (int i = 0; i < length; i++) {
                    all = i < all.length ? all : Arrays.copyOf(all, Math.min(length, all.length * 2));
                    all[i] = new UUID(in.readLong(), in.readLong());
                }
                yield all;
            }
        };
    }

    private static void uuid(UUID id, DataOutputStream out) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private static void bytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = length(in, MOST_BYTES);
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static int length(DataInputStream in, int most) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > most) {
            throw new IOException("no length");
        }
        return length;
    }
}
