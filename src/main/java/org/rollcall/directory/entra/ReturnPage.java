package org.rollcall.directory.entra;

/// The plain page that the browser shows when it has come back.
final class ReturnPage {
    static final String DONE = of("You are signed in", "You can close this page and go back to Rollcall.");
    static final String FAILED = of("You are not signed in", "Go back to Rollcall to see why, and to try again.");
    static final String OVER = of("This sign-in is over", "Go back to Rollcall.");
    static final String NOTHING = of("Nothing to see here",
            "Rollcall waits for a sign-in. Go back to where you sign in.");

    private ReturnPage() {}

    private static String of(String title, String text) {
        return """
                <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Rollcall</title>
                <style>body{font:16px system-ui,sans-serif;margin:20vh auto;max-width:32em;text-align:center}</style>
                </head><body><h1>%s</h1><p>%s</p></body></html>
                """.formatted(title, text);
    }
}
