package org.rollcall.sample;

import java.util.Map;

/// The plain pages that a person sees in the browser when signing in to the sample tenant.
final class HtmlPage {
    private static final String TYPE = "text/html; charset=utf-8";

    private HtmlPage() {}

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /// A page; `body` is HTML.
    static SampleResponse of(int status, String title, String body) {
        return SampleResponse.text(status, TYPE, """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%1$s</title>
                <style>
                body { font: 16px/1.5 system-ui, sans-serif; background: #f2f2f2; color: #1b1b1b; margin: 0 }
                main { background: #fff; max-width: 26rem; margin: 10vh auto; padding: 2.5rem }
                h1 { font-size: 1.5rem; margin: 0 0 1rem }
                label { display: block; margin: 1rem 0 .25rem }
                input[type=text], input[type=password] { width: 100%%; padding: .5rem; font: inherit; box-sizing: border-box }
                button { margin: 1.5rem .5rem 0 0; padding: .5rem 1.5rem; font: inherit }
                .error { color: #a4262c }
                .note { color: #5c5c5c; font-size: .85rem }
                </style>
                </head>
                <body><main>
                <h1>%1$s</h1>
                %2$s
                <p class="note">This is the sample tenant: invented people on your own machine.</p>
                </main></body>
                </html>
                """.formatted(escape(title), body)).with("Cache-Control", "no-store");
    }

    static String hidden(Map<String, String> fields) {
        var html = new StringBuilder();
        fields.forEach((name, value) -> html.append("<input type=\"hidden\" name=\"").append(escape(name))
                .append("\" value=\"").append(escape(value)).append("\">\n"));
        return html.toString();
    }

    static SampleResponse error(AadError error, java.time.Instant now) {
        return of(400, "Sorry, but we're having trouble signing you in.", "<p class=\"error\">"
                + escape(String.valueOf(error.getMessage())) + "</p><p class=\"note\">" + escape(now.toString())
                + "</p>");
    }

    /// A page that posts its fields to `target` at once, as Entra answers with `response_mode=form_post`.
    static SampleResponse autoPost(String target, Map<String, String> fields) {
        return SampleResponse.text(200, TYPE, """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>Working...</title></head>
                <body><form method="POST" name="hiddenform" action="%s">
                %s<noscript><p>Script is disabled. Click Submit to continue.</p>
                <input type="submit" value="Submit"></noscript></form>
                <script>document.forms[0].submit();</script></body></html>
                """.formatted(escape(target), hidden(fields))).with("Cache-Control", "no-store");
    }
}
