package org.rollcall.store;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ErrorKind;
import org.rollcall.domain.RollcallException;
import org.rollcall.text.Words;

/// JSON as text columns hold it. Fields that a later version added are skipped.
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Json() {}

    static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not writable as JSON: " + value.getClass().getName(), e);
        }
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw damaged(e);
        }
    }

    static <T> T read(String json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw damaged(e);
        }
    }

    /// The object, in the order of its text; null and the empty text are the empty map.
    static Map<String, @Nullable Object> readMap(@Nullable String json) {
        if (json == null || json.isEmpty()) {
            return Map.of();
        }
        return read(json, new TypeReference<LinkedHashMap<String, @Nullable Object>>() {
        });
    }

    private static RollcallException damaged(JsonProcessingException e) {
        // The parser's own message quotes the text, which may be personal data.
        return new RollcallException(ErrorKind.STORAGE, "storage.damaged", Words.of("store.storage.damaged"),
                Words.of("store.storage.damaged.remedy"), Map.of("at", String.valueOf(e.getLocation())), null);
    }
}
