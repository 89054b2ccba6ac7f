package org.rollcall.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.Actor;
import org.rollcall.domain.AuditEvent;
import org.rollcall.domain.AuditFilter;

/// Writes audit events out, oldest first: as CSV (RFC 4180, cells that a spreadsheet would run are defused) or as one
/// JSON array with everything that the chain covers.
public final class AuditExport {
    private static final List<String> COLUMNS = List.of("seq", "at", "actor", "origin", "action", "objectType",
            "objectId", "objectName", "detail", "run", "previousHash", "hash");

    private final AuditService audit;
    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder().build()).build();

    public AuditExport(AuditService audit) {
        this.audit = audit;
    }

    public void csv(Actor actor, AuditFilter filter, Appendable out) throws IOException {
        try {
            line(out, new ArrayList<>(COLUMNS));
            audit.forEach(actor, filter, event -> {
                try {
                    var cells = new ArrayList<@Nullable Object>(fields(event).values());
                    cells.set(COLUMNS.indexOf("detail"), mapper.writeValueAsString(event.detail()));
                    line(out, cells);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    public void json(Actor actor, AuditFilter filter, Writer out) throws IOException {
        // The writer is the caller's to close.
        JsonGenerator generator = mapper.getFactory().createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        try {
            generator.writeStartArray();
            audit.forEach(actor, filter, event -> {
                try {
                    mapper.writeValue(generator, fields(event));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            generator.writeEndArray();
            generator.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// An event as it stands in JSON documents.
    public static Map<String, @Nullable Object> fields(AuditEvent event) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("seq", event.seq());
        fields.put("at", event.at().toString());
        fields.put("actor", event.actor());
        fields.put("origin", event.origin());
        fields.put("action", event.action());
        fields.put("objectType", event.objectType());
        fields.put("objectId", event.objectId());
        fields.put("objectName", event.objectName());
        fields.put("detail", event.detail());
        fields.put("run", event.runId() == null ? null : Long.toString(event.runId()));
        fields.put("previousHash", event.previousHash());
        fields.put("hash", event.hash());
        return fields;
    }

    private static void line(Appendable out, List<@Nullable Object> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            Object cell = cells.get(i);
            out.append(cell == null ? "" : quoted(defused(cell.toString())));
        }
        out.append("\r\n");
    }

    private static String defused(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
