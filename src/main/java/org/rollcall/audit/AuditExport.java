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
import org.rollcall.files.CsvWriter;

/// Exports audit events, oldest first: as CSV or as one JSON array with every field that the chain covers.
public final class AuditExport {
    private static final List<String> COLUMNS = List.of("seq", "at", "actor", "origin", "action", "objectType",
            "objectId", "objectName", "detail", "run", "previousHash", "hash");

    private final AuditService audit;
    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder().build()).build();

    public AuditExport(AuditService audit) {
        this.audit = audit;
    }

    public void csv(Actor actor, AuditFilter filter, Appendable out) throws IOException {
        csv(actor, filter, out, () -> {});
    }

    /// @param each called before every event; an exception from it ends the export
    /// @return number of events
    public long csv(Actor actor, AuditFilter filter, Appendable out, Runnable each) throws IOException {
        var count = new long[1];
        var csv = new CsvWriter(out);
        try {
            csv.row(COLUMNS);
            audit.forEach(actor, filter, event -> {
                each.run();
                count[0]++;
                try {
                    var cells = new ArrayList<@Nullable Object>(fields(event).values());
                    cells.set(COLUMNS.indexOf("detail"), mapper.writeValueAsString(event.detail()));
                    csv.row(cells);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return count[0];
    }

    public void json(Actor actor, AuditFilter filter, Writer out) throws IOException {
        json(actor, filter, out, () -> {});
    }

    /// @param each called before every event; an exception from it ends the export
    /// @return number of events
    public long json(Actor actor, AuditFilter filter, Writer out, Runnable each) throws IOException {
        var count = new long[1];
        // The caller closes the writer.
        JsonGenerator generator = mapper.getFactory().createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        try {
            generator.writeStartArray();
            audit.forEach(actor, filter, event -> {
                each.run();
                count[0]++;
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
        return count[0];
    }

    /// The evidence of a broken chain, as one JSON document.
    ///
    /// @param reach number of events before and after the break
    public void evidence(Actor actor, AuditService.Check check, int reach, Writer out) throws IOException {
        AuditService.Evidence evidence = audit.evidence(actor, check, reach);
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("checkedAt", check.at().toString());
        document.put("checkedBy", actor.name());
        document.put("events", check.found().events());
        document.put("brokenAt", check.found().brokenAt());
        document.put("notedEnd", evidence.notedEnd());
        document.put("notedHash", evidence.notedHash());
        document.put("around", evidence.around().stream().map(event -> {
            var fields = fields(event);
            fields.put("hashOfContent", evidence.correct().get(event.seq()));
            return fields;
        }).toList());
        JsonGenerator generator = mapper.getFactory().createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET).useDefaultPrettyPrinter();
        mapper.writeValue(generator, document);
        generator.flush();
    }

    /// An event in JSON documents.
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
}
