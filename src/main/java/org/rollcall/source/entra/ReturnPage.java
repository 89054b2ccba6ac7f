package org.rollcall.source.entra;

import org.rollcall.text.Language;
import org.rollcall.text.Words;

/// The plain page that the browser shows after its return.
final class ReturnPage {
    private ReturnPage() {}

    static String done() {
        return of("done");
    }

    static String failed() {
        return of("failed");
    }

    static String over() {
        return of("over");
    }

    static String nothing() {
        return of("nothing");
    }

    private static String of(String what) {
        return """
                <!doctype html><html lang="%s"><head><meta charset="utf-8"><title>Rollcall</title>
                <style>body{font:16px system-ui,sans-serif;margin:20vh auto;max-width:32em;text-align:center}</style>
                </head><body><h1>%s</h1><p>%s</p></body></html>
                """.formatted(Language.inUse().tag(), Words.of("directory.page." + what).shown(),
                Words.of("directory.page." + what + ".text").shown());
    }
}
