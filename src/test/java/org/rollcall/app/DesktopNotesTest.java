package org.rollcall.app;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import org.rollcall.notify.Notice;
import org.rollcall.text.Words;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// What is shown on the desktop: what is new since the window was opened, once.
class DesktopNotesTest {
    private final List<Notice> open = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<Integer> counts = new ArrayList<>();
    private final AtomicBoolean wanted = new AtomicBoolean(true);
    private final DesktopNotes notes = new DesktopNotes(() -> List.copyOf(open), new FakeTray() {
        @Override
        public void tell(String title, String text) {
            told.add(title + ": " + text);
        }
    }, wanted::get, counts::add);

    private static Notice notice(String matter, String fingerprint) {
        return new Notice(matter, fingerprint, "failed", Words.verbatim(matter + " failed"),
                Words.verbatim(fingerprint), Instant.EPOCH);
    }

    @Test
    void whatWasThereBeforeIsNotToldAndWhatIsNewOnce() {
        open.add(notice("Contoso", "offline"));
        notes.look();
        open.add(notice("Fabrikam", "refused"));
        notes.look();
        notes.look();
        assertEquals(List.of("Fabrikam failed: refused"), told);
        assertEquals(List.of(1, 2, 2), counts);
    }

    @Test
    void theSameMatterIsToldAgainWhenThereIsSomethingNewToSayOrWhenItComesBack() {
        notes.look();
        open.add(notice("Contoso", "offline"));
        notes.look();
        open.set(0, notice("Contoso", "refused"));
        notes.look();
        open.clear();
        notes.look();
        open.add(notice("Contoso", "refused"));
        notes.look();
        assertEquals(List.of("Contoso failed: offline", "Contoso failed: refused", "Contoso failed: refused"), told);
    }

    @Test
    void switchedOffNothingIsToldNorMadeUpForLater() {
        notes.look();
        wanted.set(false);
        open.add(notice("Contoso", "offline"));
        notes.look();
        wanted.set(true);
        notes.look();
        assertEquals(List.of(), told);
        assertEquals(List.of(0, 1, 1), counts);
    }
}
