package org.rollcall.ui.activity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

import org.rollcall.domain.ChangeKind;
import org.rollcall.domain.Run;
import org.rollcall.ui.common.CsvFile;
import org.rollcall.ui.common.WholeFile;

/// Exports runs: CSV or one JSON array, with changes counted by kind.
final class RunsFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RunsFile() {}

    /// @param runs supplies the runs one by one
    /// @return number of runs
    static long write(Path file, boolean json, Consumer<Consumer<Run>> runs) {
        var count = new long[1];
        if (json) {
            WholeFile.write(file, writer -> {
                var generator = JSON.getFactory().createGenerator(writer)
                        .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
                generator.writeStartArray();
                runs.accept(run -> {
                    try {
                        JSON.writeValue(generator, fields(run));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    count[0]++;
                });
                generator.writeEndArray();
                generator.flush();
            });
        } else {
            CsvFile.write(file, header(), sink -> runs.accept(run -> {
                sink.accept(cells(run));
                count[0]++;
            }));
        }
        return count[0];
    }

    private static List<String> header() {
        var header = new ArrayList<>(List.of("run", "state", "kind", "tenant", "profile", "trigger", "startedBy",
                "startedAt", "endedAt", "complete", "requests", "error"));
        for (var kind : ChangeKind.values()) {
            header.add(kind.jsonName());
        }
        return header;
    }

    private static List<String> cells(Run run) {
        var error = run.error();
        var cells = new ArrayList<>(List.of(Long.toString(run.id()), run.state().name(), run.kind().name(),
                run.tenantName(), run.profileName(), run.trigger().name(), run.startedBy(),
                run.startedAt().toString(), run.endedAt() == null ? "" : run.endedAt().toString(),
                Boolean.toString(run.complete()), Long.toString(run.requests()), error == null ? "" : error.message()));
        for (var kind : ChangeKind.values()) {
            cells.add(Long.toString(run.count(kind)));
        }
        return cells;
    }

    private static Map<String, @Nullable Object> fields(Run run) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("run", Long.toString(run.id()));
        fields.put("state", run.state().name());
        fields.put("kind", run.kind().name());
        fields.put("tenant", run.tenantName());
        fields.put("profile", run.profileName());
        fields.put("trigger", run.trigger().name());
        fields.put("startedBy", run.startedBy());
        fields.put("startedAt", run.startedAt().toString());
        fields.put("endedAt", run.endedAt() == null ? null : run.endedAt().toString());
        fields.put("complete", run.complete());
        fields.put("requests", run.requests());
        fields.put("error", run.error() == null ? null : run.error().message());
        var counts = new LinkedHashMap<String, Long>();
        run.counts().forEach((kind, number) -> counts.put(kind.jsonName(), number));
        fields.put("counts", counts);
        fields.put("guards", run.guards().stream()
                .map(guard -> Map.of("name", guard.name(), "stopped", guard.stopped(), "message", guard.message()))
                .toList());
        return fields;
    }
}
