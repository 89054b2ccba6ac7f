package org.rollcall.source.entra;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/// Limits of the size of answers, and the JSON settings for reading them: a name may occur once in an object. Graph's own pages
/// have 999 objects and a few megabytes at most (Graph, "Paging"), so no real answer reaches these limits.
final class AnswerLimits {
    /// One page, or one batch of pages; after decompression.
    static final long BYTES = 64L * 1024 * 1024;
    /// Tokens, metadata, single objects of a registration.
    static final long SMALL_BYTES = 4L * 1024 * 1024;
    /// Objects of one page, and members in the entry of one object.
    static final int OBJECTS = 20_000;
    /// Characters of a link to the next page.
    static final int LINK = 100_000;
    private static final int DEPTH = 60;
    private static final int NAME = 10_000;
    private static final int NUMBER = 1_000;
    /// Twenty pages of 999 people make a million.
    private static final long TOKENS = 3_000_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH).maxNameLength(NAME)
                    .maxNumberLength(NUMBER).maxTokenCount(TOKENS).maxStringLength((int) BYTES).build())
            .build();
    private static final ObjectMapper MAPPER = new ObjectMapper(JSON);

    private AnswerLimits() {}

    static JsonFactory json() {
        return MAPPER.getFactory();
    }

    static ObjectMapper mapper() {
        return MAPPER;
    }

    /// The body as text.
    ///
    /// @throws OversizedAnswer it is longer than `limit` bytes
    static String text(@Nullable ResponseBody body, long limit) throws IOException {
        if (body == null) {
            return "";
        }
        if (body.source().request(limit + 1)) {
            throw new OversizedAnswer();
        }
        return body.string();
    }

    /// The stream, which fails with [OversizedAnswer] after [#BYTES] bytes.
    static InputStream limited(InputStream in) {
        return new FilterInputStream(in) {
            private long left = BYTES;

            @Override
            public int read() throws IOException {
                int one = super.read();
                count(one < 0 ? 0 : 1);
                return one;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int count = super.read(bytes, offset, length);
                count(Math.max(count, 0));
                return count;
            }

            private void count(int more) throws IOException {
                left -= more;
                if (left < 0) {
                    throw new OversizedAnswer();
                }
            }
        };
    }
}
